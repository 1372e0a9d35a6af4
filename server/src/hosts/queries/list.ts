import type { hostOrderKeys } from '@flotilla/contract/hosts';
import { type RawBuilder, sql } from 'kysely';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import type { Position } from '../../kernel/cursor.ts';
import type { Db } from '../../kernel/db/database.ts';
import { conditionsOf, type HostFilter, havingSoftware, type Manner, type SoftwareSet } from './conditions.ts';

export type HostOrderKey = (typeof hostOrderKeys)[number];

export interface HostOrder {
  key: HostOrderKey;
  descending: boolean;
}

export interface HostPage extends HostOrder {
  /** Hosts that stand behind this one; instead of an offset. */
  after?: Position;
  /** Hosts whose value stands behind this one. */
  afterValue?: string;
  offset: number;
  limit: number;
}

type ValueType = 'int' | 'text' | 'numeric' | 'timestamptz';

interface Order {
  column: RawBuilder<unknown>;
  type: ValueType;
  /** Nothing stands before everything. */
  nullable: boolean;
}

const own = (column: string, type: ValueType = 'text'): Order => ({
  column: sql.ref(`host.${column}`),
  type,
  nullable: false,
});
const maybe = (column: RawBuilder<unknown>, type: ValueType): Order => ({ column, type, nullable: true });
const fleetName = maybe(sql`fleet.name`, 'text');

const ORDERS: Record<HostOrderKey, Order> = {
  id: own('id', 'int'),
  hostname: own('hostname'),
  display_name: own('display_name'),
  computer_name: own('computer_name'),
  uuid: own('uuid'),
  platform: own('platform'),
  os_version: own('os_version'),
  osquery_version: maybe(sql`figure.osquery_version`, 'text'),
  hardware_serial: own('serial'),
  hardware_model: maybe(sql`figure.hardware_model`, 'text'),
  primary_ip: maybe(sql`figure.primary_ip`, 'text'),
  memory: maybe(sql`figure.memory`, 'numeric'),
  gigs_disk_space_available: maybe(sql`figure.gigs_disk_available`, 'numeric'),
  percent_disk_space_available: maybe(sql`figure.percent_disk_available`, 'numeric'),
  created_at: own('created_at', 'timestamptz'),
  updated_at: own('updated_at', 'timestamptz'),
  last_enrolled_at: own('enrolled_at', 'timestamptz'),
  last_restarted_at: maybe(sql`figure.restarted_at`, 'timestamptz'),
  seen_time: maybe(sql`seen.seen_at`, 'timestamptz'),
  detail_updated_at: maybe(sql`figure.detail_updated_at`, 'timestamptz'),
  software_updated_at: maybe(sql`inventory.software_updated_at`, 'timestamptz'),
  policy_updated_at: maybe(sql`policy_run.at`, 'timestamptz'),
  label_updated_at: maybe(sql`label_run.at`, 'timestamptz'),
  fleet_name: fleetName,
  team_name: fleetName,
};

export const typeOf = (key: HostOrderKey): ValueType => ORDERS[key].type;

/** Above this share of all hosts, walking hosts in order and probing each finds a page sooner than collecting them all. */
const DENSE_SHARE = 0.05;

export interface ListedHost {
  id: number;
  /** What the list is ordered by, as text. */
  value: string | null;
}

/** One page, in order; the id breaks ties. Only of the page the values are written as text: that takes longer than sorting them. */
export async function listHostIds(db: Db, filter: HostFilter, page: HostPage): Promise<ListedHost[]> {
  const { column, type } = ORDERS[page.key];
  const { rows } = await sql<ListedHost>`
    select id, ${asText(type)} as value from (
      select host.id, ${column} as value ${await filtered(db, filter, 'probe')} ${behind(page)}
      order by ${inOrder(page)} offset ${page.offset} limit ${page.limit}
    ) as host order by ${inOrder(page, sql`host.value`)}`.execute(db);
  return rows;
}

/** As a filter reads it again, to the microsecond. */
const asText = (type: ValueType) =>
  type === 'timestamptz'
    ? sql`to_char(host.value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    : sql`host.value::text`;

/**
 * Among equals the id counts: in the direction of the order where an index has both, else always upwards. Hosts are then
 * sorted in about the order in which they are read, which takes half as long where many are equal.
 */
function inOrder({ key, descending }: HostOrder, value?: RawBuilder<unknown>) {
  const { column, nullable } = ORDERS[key];
  const nulls = nullable ? (descending ? sql`nulls last` : sql`nulls first`) : sql``;
  const direction = descending ? sql`desc` : sql`asc`;
  return sql`${value ?? column} ${direction} ${nulls}, host.id ${nullable ? sql`asc` : direction}`;
}

function behind({ key, descending, after, afterValue }: HostPage) {
  const { column, type, nullable } = ORDERS[key];
  const beyond = descending ? sql`<` : sql`>`;
  const cast = (value: string | number) => sql`${String(value)}::${sql.raw(type)}`;
  if (afterValue !== undefined) return sql`and ${column} ${beyond} ${cast(afterValue)}`;
  if (!after) return sql``;
  const { id, value } = after;
  if (value === null) {
    const later = sql`(${column} is null and host.id > ${id})`;
    return descending ? sql`and ${later}` : sql`and (${later} or ${column} is not null)`;
  }
  if (!nullable) return sql`and (${column}, host.id) ${beyond} (${cast(value)}, ${id})`;
  const later = sql`${column} ${beyond} ${cast(value)} or (${column} = ${cast(value)} and host.id > ${id})`;
  return descending ? sql`and (${later} or ${column} is null)` : sql`and (${later})`;
}

export async function countHosts(db: Db, filter: HostFilter): Promise<number> {
  const { rows } = await sql<{ hosts: number }>`
    select count(*)::int as hosts ${await filtered(db, filter, 'join')}`.execute(db);
  return rows[0]?.hosts ?? 0;
}

/** Every host a filter finds, by id. */
export async function findHostIds(db: Db, filter: HostFilter): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select host.id ${await filtered(db, filter, 'join')} order by host.id`.execute(db);
  return rows.map((row) => row.id);
}

/** @param manner how to find hosts by software that many have */
async function filtered(db: Db, filter: HostFilter, manner: Manner) {
  const { software = [] } = filter;
  const many = software.length > 0 ? DENSE_SHARE * (await countAll(db)) : 0;
  const conditions = [
    ...conditionsOf(filter),
    ...software.map((set) => havingSoftware(set, set.hosts > many ? manner : 'collect')),
  ];
  return sql`from hosts.host as host
    left join hosts.host_seen as seen on seen.host_id = host.id
    left join hosts.host_figure as figure on figure.host_id = host.id
    left join fleets.fleet as fleet on fleet.id = host.fleet_id
    left join inventory.host_inventory as inventory on inventory.host_id = host.id
    left join policies.host_run as policy_run on policy_run.host_id = host.id
    left join hosts.label_run as label_run on label_run.host_id = host.id
    where ${sql.join(conditions, sql` and `)}`;
}

const countAll = async (db: Db) =>
  (
    await db
      .selectFrom('hosts.host')
      .select((select) => select.fn.countAll<number>().as('hosts'))
      .executeTakeFirstOrThrow()
  ).hosts;

/** The software of a title, a version or an operating system by name, and about how many hosts have it. */
export async function findSoftware(
  db: Db,
  by: { titleId?: number; versionId?: number; os?: { name: string; version: string } },
): Promise<SoftwareSet> {
  let software = db
    .selectFrom('inventory.software as software')
    .innerJoin('inventory.version as version', 'version.id', 'software.version_id')
    .leftJoin('inventory.version_fleet as counted', (join) =>
      join.onRef('counted.version_id', '=', 'version.id').on('counted.fleet_id', '=', ALL_FLEETS),
    );
  if (by.titleId !== undefined) software = software.where('version.title_id', '=', by.titleId);
  if (by.versionId !== undefined) software = software.where('version.id', '=', by.versionId);
  if (by.os) {
    software = software
      .where('software.kind', '=', 'os')
      .where('version.name', '=', by.os.name)
      .where('version.version', '=', by.os.version);
  }
  const rows = await software.select(['software.id', 'version.id as version_id', 'counted.hosts']).execute();
  const byVersion = new Map(rows.map((row) => [row.version_id, row.hosts ?? 0]));
  return { ids: rows.map((row) => row.id), hosts: [...byVersion.values()].reduce((sum, hosts) => sum + hosts, 0) };
}

/** The software in which a vulnerability was found, by its name or another one of it; what is excepted everywhere is left out. */
export async function findVulnerable(db: Db, name: string): Promise<SoftwareSet> {
  const { rows } = await sql<SoftwareSet & { id: number; split: number[] }>`
    select vulnerability.id, array(select software_id from vulnerabilities.finding as finding
        where finding.vulnerability_id = vulnerability.id and finding.is_open) as ids,
      array(select software_id from vulnerabilities.finding as finding
        where finding.vulnerability_id = vulnerability.id and finding.is_open and finding.is_split) as split,
      coalesce((select hosts from vulnerabilities.vulnerability_fleet as counted
        where counted.fleet_id = ${ALL_FLEETS} and counted.vulnerability_id = vulnerability.id), 0) as hosts
    from vulnerabilities.vulnerability as vulnerability where vulnerability.name = upper(${name})
      or vulnerability.name = ${name} limit 1`.execute(db);
  const [found] = rows;
  if (!found) return { ids: [], hosts: 0 };
  const { id: vulnerabilityId, split, ids, hosts } = found;
  const excepted = { softwareIds: split, vulnerabilityIds: split.map(() => vulnerabilityId) };
  return { ids, hosts, ...(split.length > 0 && { excepted }) };
}

const NO_SOFTWARE = { ids: [], hosts: 0, split_in: [], split: [] };

/** The software that a recommended action takes findings from; where no fix is known, all that has any. */
export async function findConcerned(db: Db, actionId: number): Promise<SoftwareSet> {
  const { rows } = await sql<SoftwareSet & { split_in: number[]; split: number[] }>`
    with meant as materialized (
      select member.software_id, software.version_id, finding.vulnerability_id, finding.is_split
      from vulnerabilities.action as action
      join vulnerabilities.action_software as member on member.action_id = action.id
      join inventory.software as software on software.id = member.software_id
      join vulnerabilities.finding as finding on finding.software_id = member.software_id and finding.is_open
      join vulnerabilities.action_vulnerability as effect on effect.action_id = action.id
        and effect.vulnerability_id = finding.vulnerability_id and effect.fix_version = coalesce(finding.fix_version, '')
      where action.id = ${actionId} and (effect.is_cleared or action.fix_version is null)
    ), concerned as (
      select software_id, version_id, bool_and(is_split) as is_split from meant group by 1, 2
    ), pair as (
      select meant.software_id, meant.vulnerability_id from concerned join meant on meant.software_id = concerned.software_id
      where concerned.is_split
    )
    select coalesce(array_agg(software_id), '{}') as ids, coalesce((
        select sum(counted.hosts) from inventory.version_fleet as counted
        where counted.fleet_id = ${ALL_FLEETS} and counted.version_id in (select version_id from concerned)
      ), 0)::int as hosts,
      array(select software_id from pair order by software_id, vulnerability_id) as split_in,
      array(select vulnerability_id from pair order by software_id, vulnerability_id) as split
    from concerned`.execute(db);
  const [{ ids, hosts, split_in: softwareIds, split: vulnerabilityIds } = NO_SOFTWARE] = rows;
  return { ids, hosts, ...(softwareIds.length > 0 && { excepted: { softwareIds, vulnerabilityIds } }) };
}
