import { sql } from 'kysely';

/** The platform of `host` as policies name it: each Linux distribution is one of osquery's own. Mobile devices answer none. */
const hostPlatform = sql`case when host.platform in ('darwin', 'windows', 'chrome') then host.platform
  when host.platform in ('ios', 'ipados', 'android') then '' else 'linux' end`;

/** Whether `policy` is about `host`: the same rule as `isAbout`, as a condition. */
export const isAboutHost = sql`host.deleted_at is null
  and (policy.fleet_id is null or policy.fleet_id = coalesce(host.fleet_id, 0))
  and ${hostPlatform} <> ''
  and (policy.platform = '' or ${hostPlatform} = any(string_to_array(policy.platform, ',')))`;
