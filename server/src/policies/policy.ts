import type { policyTypes } from '@flotilla/contract/policies';
import type { AskedHost, Platform } from '../kernel/host-queries.ts';

/** `dynamic` is asked by SQL, `version` is judged from inventory. */
export type PolicyType = (typeof policyTypes)[number];

export const platforms = ['darwin', 'windows', 'linux', 'chrome'] as const satisfies readonly Platform[];

/** The built-in fleet of hosts that are in no other. */
const NO_FLEET = 0;

/** Which hosts a policy is about: of a fleet or of all, of some platforms or of all. */
export interface Scope {
  fleetId: number | null;
  /** Names with commas; empty: all. */
  platform: string;
}

export const platformsOf = ({ platform }: Pick<Scope, 'platform'>): readonly Platform[] =>
  platform === '' ? platforms : platforms.filter((one) => platform.split(',').includes(one));

/** Whether a policy is about a host. */
export const isAbout = (scope: Scope, host: Pick<AskedHost, 'platform' | 'fleetId'>): boolean =>
  (scope.fleetId === null || scope.fleetId === (host.fleetId ?? NO_FLEET)) &&
  platformsOf(scope).includes(host.platform);

/** Everything about a policy that people set. */
export interface PolicyFields {
  name: string;
  query: string;
  titleId: number | null;
  minimumVersion: string | null;
  description: string;
  resolution: string;
  platform: string;
  critical: boolean;
  /** The title to install where the policy begins to fail. */
  installTitleId: number | null;
}

/** Whether earlier answers say nothing any more. */
export const isAnotherQuestion = (before: PolicyFields, after: PolicyFields): boolean =>
  (['query', 'titleId', 'minimumVersion', 'platform'] as const).some((field) => before[field] !== after[field]);
