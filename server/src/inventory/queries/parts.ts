import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { PartProblem } from '../part-reports.ts';

export interface StoredPart {
  host_id: number;
  part: string;
  asked: number;
  hash: string | null;
  detail_hash: string | null;
  raw_hash: string | null;
  ok_at: Date | null;
  held_asked: number | null;
  problems: PartProblem[];
}

export async function readParts(db: Db | Tx, hostIds: number[]): Promise<StoredPart[]> {
  return db
    .selectFrom('inventory.host_part')
    .select(['host_id', 'part', 'asked', 'hash', 'detail_hash', 'raw_hash', 'ok_at', 'held_asked'])
    .select(sql<PartProblem[]>`problems`.as('problems'))
    .where('host_id', '=', sql<number>`any(${hostIds}::int[])`)
    .execute();
}

export interface HostState {
  hostId: number;
  contextId: number;
  completeAt: Date | null;
  novelHour: Date | null;
  novelCount: number;
}

/** What deciding about a report needs of its host; deleted hosts are left out. */
export async function readHostStates(db: Db, hostIds: number[]): Promise<Map<number, HostState>> {
  const rows = await db
    .selectFrom('hosts.host as host')
    .leftJoin('inventory.host_inventory as inventory', 'inventory.host_id', 'host.id')
    .select(['host.id', 'host.context_id', 'inventory.complete_at', 'inventory.novel_hour', 'inventory.novel_count'])
    .where('host.id', '=', sql<number>`any(${hostIds}::int[])`)
    .where('host.deleted_at', 'is', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        hostId: row.id,
        contextId: row.context_id,
        completeAt: row.complete_at,
        novelHour: row.novel_hour,
        novelCount: row.novel_count ?? 0,
      },
    ]),
  );
}

export interface UnchangedPart {
  hostId: number;
  part: string;
  asked: number;
  hash: string;
  rawHash: string;
  receivedAt: Date;
}

/** Moves on the time of parts that are as stored. @returns those that were, as `host part` */
export async function touchParts(db: Db, parts: UnchangedPart[]): Promise<Set<string>> {
  const { rows } = await sql<{ host_id: number; part: string }>`
    update inventory.host_part as stored
    set ok_at = greatest(stored.ok_at, new.at), asked = new.asked, raw_hash = new.raw_hash, error = null,
      held_asked = null
    from unnest(${parts.map((one) => one.hostId)}::int[], ${parts.map((one) => one.part)}::text[],
      ${parts.map((one) => one.asked)}::int[], ${parts.map((one) => one.hash)}::uuid[],
      ${parts.map((one) => one.rawHash)}::uuid[], ${parts.map((one) => one.receivedAt)}::timestamptz[])
      as new (host_id, part, asked, hash, raw_hash, at)
    where stored.host_id = new.host_id and stored.part = new.part and stored.hash = new.hash and stored.asked <= new.asked
    returning stored.host_id, stored.part`.execute(db);
  return new Set(rows.map((row) => partName(row.host_id, row.part)));
}

export const partName = (hostId: number, part: string) => `${hostId} ${part}`;

export interface ReplacedPart extends UnchangedPart {
  detailHash: string;
  softwareCount: number;
  problems: PartProblem[];
}

export const upsertParts = (tx: Tx, parts: ReplacedPart[]) =>
  sql`
    insert into inventory.host_part (host_id, part, asked, hash, detail_hash, raw_hash, software_count, ok_at, problems)
    select * from unnest(${parts.map((one) => one.hostId)}::int[], ${parts.map((one) => one.part)}::text[],
      ${parts.map((one) => one.asked)}::int[], ${parts.map((one) => one.hash)}::uuid[],
      ${parts.map((one) => one.detailHash)}::uuid[], ${parts.map((one) => one.rawHash)}::uuid[], ${parts.map((one) => one.softwareCount)}::int[],
      ${parts.map((one) => one.receivedAt)}::timestamptz[], ${parts.map((one) => JSON.stringify(one.problems))}::jsonb[])
    on conflict (host_id, part) do update set asked = excluded.asked, hash = excluded.hash,
      detail_hash = excluded.detail_hash, raw_hash = excluded.raw_hash, software_count = excluded.software_count, ok_at = excluded.ok_at,
      problems = excluded.problems, held_asked = null, error = null`.execute(tx);

export interface FailedPart {
  hostId: number;
  part: string;
  asked: number;
  error: string;
  /** Set when the answer was good but is not believed until a second one says the same. */
  held: boolean;
}

/** Notes why a part was not replaced; what is stored of it stays. */
export const noteFailedParts = (db: Db | Tx, parts: FailedPart[]) =>
  sql`
    insert into inventory.host_part as stored (host_id, part, asked, held_asked, error)
    select host_id, part, 0, case when held then asked end, error
    from unnest(${parts.map((one) => one.hostId)}::int[], ${parts.map((one) => one.part)}::text[],
      ${parts.map((one) => one.asked)}::int[], ${parts.map((one) => one.held)}::boolean[],
      ${parts.map((one) => one.error)}::text[]) as new (host_id, part, asked, held, error)
    on conflict (host_id, part) do update set error = excluded.error,
      held_asked = coalesce(excluded.held_asked, stored.held_asked)`.execute(db);

export const writeRows = (tx: Tx, rows: { hostId: number; part: string; body: Record<number, string[]> }[]) =>
  sql`
    insert into inventory.host_rows (host_id, part, body)
    select * from unnest(${rows.map((row) => row.hostId)}::int[], ${rows.map((row) => row.part)}::text[],
      ${rows.map((row) => JSON.stringify(row.body))}::jsonb[])
    on conflict (host_id, part) do update set body = excluded.body`.execute(tx);

export interface HostProgress {
  hostId: number;
  /** Null when its software is as before. */
  softwareUpdatedAt: Date | null;
  isComplete: boolean;
  novel: number;
  at: Date;
}

/** Notes that a host's inventory changed, is whole for the first time, and how much never-seen software it brought. */
export const noteProgress = (tx: Tx, hosts: HostProgress[]) =>
  sql`
    insert into inventory.host_inventory as stored (host_id, software_updated_at, complete_at, novel_hour, novel_count)
    select host_id, coalesce(changed_at, at), case when complete then at end, date_trunc('hour', at), novel
    from unnest(${hosts.map((one) => one.hostId)}::int[], ${hosts.map((one) => one.softwareUpdatedAt)}::timestamptz[],
      ${hosts.map((one) => one.isComplete)}::boolean[], ${hosts.map((one) => one.novel)}::int[],
      ${hosts.map((one) => one.at)}::timestamptz[]) as new (host_id, changed_at, complete, novel, at)
    order by host_id
    on conflict (host_id) do update set
      software_updated_at = greatest(stored.software_updated_at, excluded.software_updated_at),
      complete_at = coalesce(stored.complete_at, excluded.complete_at),
      novel_hour = excluded.novel_hour,
      novel_count = excluded.novel_count + case when stored.novel_hour = excluded.novel_hour then stored.novel_count else 0 end`.execute(
    tx,
  );
