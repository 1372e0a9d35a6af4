import { type RawBuilder, sql } from 'kysely';
import { escapeLike } from '../../kernel/db/like.ts';
import { MISSING_DAYS, NEW_HOURS, ONLINE_GRACE_SECONDS } from '../host.ts';

export const statuses = ['new', 'online', 'offline', 'mia', 'missing'] as const;

/** What decides whether a host has a label. */
export interface LabelRule {
  id: number;
  kind: 'builtin' | 'dynamic' | 'manual' | 'host_vitals';
  platform: string;
}

/** Software as a condition: any of it will do; `hosts` says how many hosts there are about, which decides how to look. */
export interface SoftwareSet {
  ids: number[];
  hosts: number;
  /** Some of these, by pairs: they count only where one of their vulnerabilities is not excepted on the host. */
  excepted?: { softwareIds: number[]; vulnerabilityIds: number[] };
}

export interface HostFilter {
  /** Null: all. 0 stands for hosts in no fleet. */
  fleetIds: readonly number[] | null;
  text?: string;
  status?: (typeof statuses)[number];
  platform?: string;
  label?: LabelRule;
  /** `passes` absent: hosts that answered at all. */
  policy?: { id: number; passes?: boolean };
  /** Only hosts that have some of each. */
  software?: SoftwareSet[];
  /** The newest task about the title is of these kinds, in these states. */
  tasks?: { titleId: number; kinds: string[]; states: string[] };
  /** Gigabytes. */
  lowDiskSpace?: number;
  now: Date;
}

type Condition = RawBuilder<unknown>;

const LINUX = sql`host.platform not in ('', 'darwin', 'windows', 'chrome', 'ios', 'ipados', 'android')`;
const onPlatform = (platform: string): Condition => (platform === 'linux' ? LINUX : sql`host.platform = ${platform}`);

/** Everything but software, about `host` with its `seen` and `figure`. */
export function conditionsOf(filter: HostFilter): Condition[] {
  const { fleetIds, text, status, platform, label, policy, tasks, lowDiskSpace, now } = filter;
  const all: Condition[] = [sql`host.deleted_at is null`];
  if (fleetIds) all.push(inFleets(fleetIds));
  if (platform) all.push(sql`(${sql.join(platform.split(',').map(onPlatform), sql` or `)})`);
  if (status) all.push(hasStatus(status, now));
  if (label) all.push(hasLabel(label));
  if (policy) all.push(answered(policy));
  if (tasks) all.push(hasTasks(tasks));
  if (lowDiskSpace !== undefined) all.push(sql`figure.gigs_disk_available < ${lowDiskSpace}`);
  if (text) all.push(contains(text));
  return all;
}

function inFleets(ids: readonly number[]): Condition {
  const some = sql`host.fleet_id = any(${ids.filter((id) => id > 0)}::int[])`;
  return ids.includes(0) ? sql`(host.fleet_id is null or ${some})` : some;
}

/** The same rules as the view `hosts.host_label`. */
function hasLabel({ id, kind, platform }: LabelRule): Condition {
  if (kind === 'builtin') return platform === '' ? sql`true` : onPlatform(platform);
  if (kind === 'host_vitals') {
    return sql`exists (select from hosts.host_label as labelled where labelled.host_id = host.id and labelled.label_id = ${id})`;
  }
  return sql`host.id in (select host_id from hosts.label_member where label_id = ${id})`;
}

const answered = ({ id, passes }: NonNullable<HostFilter['policy']>): Condition =>
  sql`exists (select from policies.policy_result as result where result.host_id = host.id and result.policy_id = ${id}
    ${passes === undefined ? sql`` : sql`and result.passes = ${passes}`})`;

const hasTasks = ({ titleId, kinds, states }: NonNullable<HostFilter['tasks']>): Condition =>
  sql`exists (select from (
      select kind, state from installation.task as task
      where task.title_id = ${titleId} and task.host_id = host.id and task.kind <> 'script'
      order by created_at desc, id desc limit 1) as newest
    where newest.kind = any(${kinds}::text[]) and newest.state = any(${states}::text[]))`;

/**
 * Hosts by their names are collected first: along the order of a list the planner would read them all one by one. Addresses are
 * looked at only for what may be one.
 */
function contains(text: string): Condition {
  const part = `%${escapeLike(text)}%`;
  const start = `${escapeLike(text)}%`;
  const any = [
    sql`host.id = any(array(select id from hosts.host where deleted_at is null and names like lower(${part})))`,
  ];
  if (/^[\da-f]*[.:][\da-f.:]*$/i.test(text)) {
    any.push(sql`seen.address like ${start}`, sql`figure.primary_ip like ${start}`);
  }
  if (text.includes('@')) {
    any.push(sql`host.id in (select host_id from hosts.host_email where email ilike ${part})`);
  }
  return sql`(${sql.join(any, sql` or `)})`;
}

/** The same rule as `statusOf`, as a condition. */
export function hasStatus(status: (typeof statuses)[number], now: Date): Condition {
  const online = sql`coalesce(seen.seen_at >= ${now}::timestamptz - make_interval(secs =>
    least(host.distributed_interval_seconds, host.config_refresh_seconds) + ${ONLINE_GRACE_SECONDS}), false)`;
  const missing = sql`coalesce(seen.seen_at < ${now}::timestamptz - make_interval(days => ${MISSING_DAYS}), true)`;
  switch (status) {
    case 'online':
      return online;
    case 'offline':
      return sql`(not ${online} and not ${missing})`;
    case 'mia':
    case 'missing':
      return missing;
    case 'new':
      return sql`host.created_at > ${now}::timestamptz - make_interval(hours => ${NEW_HOURS})`;
  }
}

/**
 * How hosts with software are found: `probe` looks at each host in turn, for the first of many; `collect` gathers the few there are,
 * and `join` all of many.
 */
export type Manner = 'probe' | 'collect' | 'join';

export function havingSoftware({ ids, excepted }: SoftwareSet, manner: Manner): Condition {
  const counts = excepted
    ? sql`and (there.software_id <> all(${excepted.softwareIds}::int[]) or exists (
        select from unnest(${excepted.softwareIds}::int[], ${excepted.vulnerabilityIds}::int[]) as pair (software_id, vulnerability_id)
        where pair.software_id = there.software_id
          and not vulnerabilities.is_exempt(pair.software_id, pair.vulnerability_id, there.host_id)))`
    : sql``;
  const there = sql`inventory.host_software as there where there.software_id = any(${ids}::int[]) ${counts}`;
  switch (manner) {
    case 'probe':
      // `offset 0` keeps the planner from collecting all of them first.
      return sql`exists (select from ${there} and there.host_id = host.id offset 0)`;
    case 'collect':
      return sql`host.id = any(array(select distinct host_id from ${there}))`;
    case 'join':
      return sql`host.id in (select host_id from ${there})`;
  }
}
