import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import { escapeLike } from '../../kernel/db/like.ts';
import type { LabelRule } from './conditions.ts';

export interface LabelRow extends LabelRule {
  name: string;
  description: string;
  query: string;
  criteria: {
    vital: 'platform' | 'os_version' | 'hostname' | 'hardware_serial';
    value: string;
    pattern: string;
  } | null;
  fleet_id: number | null;
  author_id: number | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = sql`label.id, label.name, label.description, label.kind, label.query, label.platform, label.criteria,
  label.fleet_id, label.author_id, label.created_at, label.updated_at`;

export async function findLabel(db: Db | Tx, id: number): Promise<LabelRow | null> {
  const { rows } = await sql<LabelRow>`select ${COLUMNS} from hosts.label as label where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** By name, whatever its case. */
export async function findLabelByName(db: Db | Tx, name: string): Promise<LabelRow | null> {
  const { rows } = await sql<LabelRow>`
    select ${COLUMNS} from hosts.label as label where name_key = ${name.trim().toLowerCase()}`.execute(db);
  return rows[0] ?? null;
}

export async function findLabelDetail(db: Db, id: number): Promise<(LabelRow & { fleet_name: string | null }) | null> {
  const { rows } = await sql<LabelRow & { fleet_name: string | null }>`
    select ${COLUMNS}, fleet.name as fleet_name from hosts.label as label
    left join fleets.fleet as fleet on fleet.id = label.fleet_id where label.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export interface LabelPage {
  /** Labels of these fleets, besides those of all; null: of any. */
  fleetIds: number[] | null;
  text?: string;
  key: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
}

const ORDERS = {
  id: sql`label.id`,
  name: sql`label.name_key`,
  created_at: sql`label.created_at`,
  updated_at: sql`label.updated_at`,
};

export async function listLabels(db: Db, page: LabelPage): Promise<LabelRow[]> {
  const direction = page.descending ? sql`desc` : sql`asc`;
  const of =
    page.fleetIds === null ? sql`true` : sql`(fleet_id is null or fleet_id = any(${ints(page.fleetIds)}::int[]))`;
  const found = page.text ? sql`and name_key like ${`%${escapeLike(page.text.toLowerCase())}%`}` : sql``;
  const { rows } = await sql<LabelRow>`
    select ${COLUMNS} from hosts.label as label where ${of} ${found}
    order by ${ORDERS[page.key]} ${direction}, label.id ${direction} offset ${page.offset} limit ${page.limit}`.execute(
    db,
  );
  return rows;
}

/** The labels of hosts, by host and in the order of their ids. */
export async function readLabelsOf(db: Db, hostIds: number[]): Promise<Map<number, LabelRow[]>> {
  const { rows } = await sql<LabelRow & { host_id: number }>`
    select ${COLUMNS}, on_host.host_id from hosts.host_label as on_host join hosts.label as label on label.id = on_host.label_id
    where on_host.host_id = any(${ints(hostIds)}::int[]) order by label.id`.execute(db);
  return Map.groupBy(rows, (row) => row.host_id);
}

/** The hosts of a manual label that are in some fleets; null: all. */
export async function readMembers(db: Db, labelId: number, fleetIds: readonly number[] | null): Promise<number[]> {
  const of = fleetIds === null ? sql`true` : sql`coalesce(host.fleet_id, 0) = any(${ints(fleetIds)}::int[])`;
  const { rows } = await sql<{ id: number }>`
    select host.id from hosts.label_member as member join hosts.host as host on host.id = member.host_id
    where member.label_id = ${labelId} and ${of} order by host.id`.execute(db);
  return rows.map((row) => row.id);
}

/** The hosts of manual labels by name, as people write them down. */
export async function readMemberNames(db: Db, labelIds: number[]): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ label_id: number; names: string[] }>`
    select member.label_id, array_agg(coalesce(nullif(host.hostname, ''), host.uuid) order by host.hostname, host.id) as names
    from hosts.label_member as member join hosts.host as host on host.id = member.host_id
    where member.label_id = any(${ints(labelIds)}::int[]) group by 1`.execute(db);
  return new Map(rows.map((row) => [row.label_id, row.names]));
}
