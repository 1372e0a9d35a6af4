import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { Signature, Use } from '../extras.ts';

/** Notes when software that the host has was used; a move of less than a day is not worth a write. */
export const noteUses = (db: Db, hostId: number, { source, uses }: { source: string; uses: Use[] }) =>
  sql`
    with here as materialized (
      select software.id, version.name, version.version
      from inventory.host_software as have
      join inventory.software as software on software.id = have.software_id
      join inventory.version as version on version.id = software.version_id
      where have.host_id = ${hostId} and version.source = ${source}
    )
    insert into inventory.host_use as stored (host_id, software_id, opened_at)
    select ${hostId}, here.id, max(used.at)
    from unnest(${uses.map((use) => use.name)}::text[], ${uses.map((use) => use.version)}::text[],
      ${uses.map((use) => use.openedAt)}::timestamptz[]) as used (name, version, at)
    join here on here.name = used.name and used.version in ('', here.version)
    group by here.id order by here.id
    on conflict (host_id, software_id) do update set opened_at = excluded.opened_at
    where excluded.opened_at >= stored.opened_at + interval '1 day'`.execute(db);

/** Replaces what one query tells by path, where it differs. */
export const writeSignatures = (
  db: Db,
  hostId: number,
  { query, body }: { query: string; body: Record<string, Partial<Signature>> },
) =>
  sql`
    insert into inventory.host_signature as stored (host_id, query, body)
    values (${hostId}, ${query}, ${JSON.stringify(body)}::jsonb)
    on conflict (host_id, query) do update set body = excluded.body
    where stored.body is distinct from excluded.body`.execute(db);

/** What vouches for the software of a host, as each query told it. */
export async function readSignatures(db: Db, hostId: number): Promise<Map<string, Record<string, Partial<Signature>>>> {
  const rows = await db
    .selectFrom('inventory.host_signature')
    .select('query')
    .select(sql<Record<string, Partial<Signature>>>`body`.as('body'))
    .where('host_id', '=', hostId)
    .execute();
  return new Map(rows.map((row) => [row.query, row.body]));
}

/** When software that the host has now was last used. */
export async function readUses(db: Db, hostId: number): Promise<Map<number, Date>> {
  const rows = await db
    .selectFrom('inventory.host_use')
    .select(['software_id', 'opened_at'])
    .where('host_id', '=', hostId)
    .execute();
  return new Map(rows.map((row) => [row.software_id, row.opened_at]));
}
