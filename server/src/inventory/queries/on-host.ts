import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { PartProblem } from '../part-reports.ts';
import type { SoftwareKind } from '../software.ts';
import { contains } from './matching.ts';

/** One software on one host at a time. */
export interface IntervalRow {
  software_id: number;
  version_id: number;
  title_id: number;
  name: string;
  display_name: string;
  version: string;
  release: string;
  arch: string;
  vendor: string;
  source: string;
  extension_id: string;
  extension_for: string;
  bundle_identifier: string;
  upgrade_code: string;
  kind: SoftwareKind;
  since: Date;
  last_seen: Date | null;
  gone: Date | null;
}

const COLUMNS = sql`have.software_id, version.id as version_id, version.title_id, version.name, title.display_name,
  version.version, version.release, version.arch, version.vendor, version.source, version.extension_id,
  version.extension_for, version.bundle_identifier, version.upgrade_code, software.kind, have.since, have.last_seen, have.gone`;
const JOINS = sql`join inventory.software as software on software.id = have.software_id
  join inventory.version as version on version.id = software.version_id
  join inventory.title as title on title.id = version.title_id`;

/** Everything on the host now, by name. A part has at most 10,000 rows, so there is a bound. */
export async function readSoftwareNow(db: Db, hostId: number): Promise<IntervalRow[]> {
  const { rows } = await sql<IntervalRow>`
    select ${COLUMNS}
    from (select software_id, since, null::timestamptz as last_seen, null::timestamptz as gone
      from inventory.host_software where host_id = ${hostId}) as have
    ${JOINS} order by title.sort_name, title.id, version.id, software.id`.execute(db);
  return rows;
}

/** What was on the host at a moment: intervals that were open then. */
export async function readSoftwareAt(
  db: Db,
  hostId: number,
  { at, text }: { at: Date; text?: string },
): Promise<IntervalRow[]> {
  const { rows } = await sql<IntervalRow>`
    select ${COLUMNS}
    from (
      select software_id, since, null::timestamptz as last_seen, null::timestamptz as gone
      from inventory.host_software where host_id = ${hostId} and since <= ${at}
      union all
      select software_id, since, last_seen, gone
      from inventory.host_software_past where host_id = ${hostId} and gone > ${at} and since <= ${at}
    ) as have ${JOINS}
    ${text === undefined ? sql`` : sql`where title.name ilike ${contains(text)}`}
    order by title.sort_name, title.id, version.id, software.id, have.since`.execute(db);
  return rows;
}

/** Intervals that began or ended within a span, both ends included. */
export async function readChanges(
  db: Db,
  hostId: number,
  { from, until }: { from: Date; until: Date },
): Promise<IntervalRow[]> {
  const { rows } = await sql<IntervalRow>`
    select ${COLUMNS}
    from (
      select software_id, since, null::timestamptz as last_seen, null::timestamptz as gone
      from inventory.host_software where host_id = ${hostId} and since between ${from} and ${until}
      union all
      select software_id, since, last_seen, gone from inventory.host_software_past
      where host_id = ${hostId} and (gone between ${from} and ${until} or since between ${from} and ${until})
    ) as have ${JOINS} order by title.sort_name, title.id, version.id`.execute(db);
  return rows;
}

export async function readPaths(db: Db, hostId: number): Promise<Map<number, string[]>> {
  const rows = await db.selectFrom('inventory.host_rows').select('body').where('host_id', '=', hostId).execute();
  return new Map(
    rows.flatMap((row) =>
      Object.entries(row.body as Record<string, string[]>).map(([id, paths]) => [Number(id), paths] as const),
    ),
  );
}

export const readHostParts = (db: Db, hostId: number) =>
  db
    .selectFrom('inventory.host_part')
    .select(['part', 'ok_at', 'software_count', 'held_asked', 'error'])
    .select(sql<PartProblem[]>`problems`.as('problems'))
    .where('host_id', '=', hostId)
    .orderBy('part')
    .execute();

/** The distribution release whose advisories speak for the host; empty where there is none. */
export async function readContextKey(db: Db, hostId: number): Promise<string> {
  const row = await db
    .selectFrom('hosts.host as host')
    .innerJoin('hosts.context as context', 'context.id', 'host.context_id')
    .select('context.key')
    .where('host.id', '=', hostId)
    .executeTakeFirst();
  return row?.key ?? '';
}
