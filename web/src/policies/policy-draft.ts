import { fleetPolicies, globalPolicies, type Policy } from '@flotilla/contract/policies';
import { call } from '../api/call.ts';

export interface ChosenTitle {
  id: number;
  name: string;
}

/** A policy while it is being written. */
export interface Draft {
  kind: Policy['type'];
  /** Absent: of every host; else of a fleet, where 0 holds the hosts that are in no other. */
  fleetId: number | null;
  name: string;
  description: string;
  resolution: string;
  platform: string;
  critical: boolean;
  query: string;
  title: ChosenTitle | undefined;
  minimum: string;
  install: ChosenTitle | undefined;
}

export const emptyDraft: Draft = {
  kind: 'version',
  fleetId: null,
  name: '',
  description: '',
  resolution: '',
  platform: '',
  critical: false,
  query: '',
  title: undefined,
  minimum: '',
  install: undefined,
};

/** A stored policy as a draft to change. */
export function draftOf(policy: Policy): Draft {
  const { version_rule: rule, install_software: install } = policy;
  return {
    kind: policy.type,
    fleetId: policy.fleet_id,
    name: policy.name,
    description: policy.description,
    resolution: policy.resolution,
    platform: policy.platform,
    critical: policy.critical,
    query: policy.query,
    title: rule && { id: rule.software_title_id, name: rule.title },
    minimum: rule?.minimum_version ?? '',
    install: install && { id: install.software_title_id, name: install.display_name || install.name },
  };
}

/** What is still missing, by field; empty when it can be saved. */
export function missing(draft: Draft): Partial<Record<'name' | 'query' | 'title' | 'minimum', string>> {
  const found: ReturnType<typeof missing> = {};
  if (draft.name.trim() === '') found.name = 'Give it a name';
  if (draft.kind === 'dynamic' && draft.query.trim() === '') found.query = 'Write a query';
  if (draft.kind === 'version' && !draft.title) found.title = 'Choose a title';
  if (draft.kind === 'version' && draft.minimum.trim() === '') found.minimum = 'Say the lowest version that passes';
  return found;
}

/** The draft as the API takes it. */
export function bodyOf(draft: Draft) {
  const { name, description, resolution, platform, critical, kind, title } = draft;
  const rule =
    kind === 'dynamic'
      ? { query: draft.query }
      : { version_rule: { software_title_id: title?.id ?? 0, minimum_version: draft.minimum.trim() } };
  const install = { software_title_id: draft.install?.id ?? 0 };
  return { name: name.trim(), description, resolution, platform, critical, ...rule, ...install };
}

/** Makes or changes the policy where it belongs. */
export function savePolicy(draft: Draft, policy_id?: number) {
  const { fleetId: fleet_id } = draft;
  const body = bodyOf(draft);
  if (policy_id === undefined) {
    const made = { ...body, type: draft.kind };
    return fleet_id === null
      ? call(globalPolicies.create, { body: made })
      : call(fleetPolicies.create, { params: { fleet_id }, body: made });
  }
  return fleet_id === null
    ? call(globalPolicies.change, { params: { policy_id }, body })
    : call(fleetPolicies.change, { params: { fleet_id, policy_id }, body });
}

/** Deletes it where it belongs. */
export function deletePolicy({ id, fleet_id }: Pick<Policy, 'id' | 'fleet_id'>) {
  const body = { ids: [id] };
  return fleet_id === null
    ? call(globalPolicies.delete, { body })
    : call(fleetPolicies.delete, { params: { fleet_id }, body });
}
