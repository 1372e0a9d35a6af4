import type { HostPolicy, Policy } from '@flotilla/contract/policies';
import type { CountedPolicy, PolicyRow } from './queries/list.ts';
import type { HostPolicyRow } from './queries/on-hosts.ts';

/** What answers say of a policy, whoever asks. */
function toAnswer(row: PolicyRow) {
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    description: row.description,
    critical: row.critical,
    author_id: row.author_id,
    author_name: row.author_name,
    author_email: row.author_email,
    team_id: row.fleet_id,
    fleet_id: row.fleet_id,
    resolution: row.resolution,
    platform: row.platform,
    labels_include_any: [],
    labels_exclude_any: [],
    calendar_events_enabled: false,
    conditional_access_enabled: false,
    continuous_automations_enabled: false,
    type: row.type,
    ...(row.title_id !== null && {
      version_rule: {
        software_title_id: row.title_id,
        title: row.title ?? '',
        source: row.source ?? '',
        minimum_version: row.minimum_version ?? '',
      },
    }),
    ...(row.install_title_id !== null && {
      install_software: {
        name: row.install_name ?? '',
        display_name: row.install_display_name ?? '',
        icon_url: null,
        software_title_id: row.install_title_id,
      },
    }),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export const toPolicy = (row: CountedPolicy, now: Date): Policy => ({
  ...toAnswer(row),
  passing_host_count: row.passing,
  failing_host_count: row.failing,
  host_count_updated_at: now.toISOString(),
});

export const toHostPolicy = (row: HostPolicyRow): HostPolicy => ({
  ...toAnswer(row),
  response: row.response,
  why: row.why,
  since: row.since?.toISOString() ?? null,
});
