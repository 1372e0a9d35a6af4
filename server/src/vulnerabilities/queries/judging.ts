import { type AdvisoryIndex, type Candidate, scopeOf } from '@flotilla/engine/matching/advisory-index';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import { gather } from '@flotilla/engine/matching/statements';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** Any number will do, as long as all processes agree on it. */
const LOCK = 70_120_002;

/** Judging and storing advisories take turns, in all processes, until the transaction ends. */
export const takeTurn = (tx: Tx) => sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);

/** Wants software judged; one that is wanted already stays so, from now on. */
export const wantJudged = (db: Db | Tx, softwareIds: number[], { why, at }: { why: string; at: Date }) =>
  sql`
    insert into vulnerabilities.software_to_judge as known (software_id, since, why)
    select id, ${at}, ${why} from unnest(${softwareIds}::int[]) as each (id) order by id
    on conflict (software_id) do update set since = excluded.since,
      why = case when known.why = 'new' then known.why else excluded.why end`.execute(db);

/** Wants everything judged anew. @returns how much that is */
export async function wantAllJudged(tx: Tx, { why, at }: { why: string; at: Date }): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into vulnerabilities.software_to_judge (software_id, since, why)
    select id, ${at}, ${why} from inventory.software order by id on conflict (software_id) do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function countWanted(db: Db | Tx, why: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from vulnerabilities.software_to_judge where why = ${why}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** New software first, then the oldest wishes, taken away: they come back if the transaction fails. */
export async function takeWanted(tx: Tx, most: number): Promise<{ softwareId: number; why: string }[]> {
  const { rows } = await sql<{ softwareId: number; why: string }>`
    delete from vulnerabilities.software_to_judge where software_id = any(array(
      select software_id from vulnerabilities.software_to_judge
      order by (why <> 'new'), since, software_id limit ${most} for update skip locked))
    returning software_id as "softwareId", why`.execute(tx);
  return rows.sort((a, b) => a.softwareId - b.softwareId);
}

export interface IdentifiedSoftware extends SoftwareIdentity {
  id: number;
}

export async function readIdentities(db: Db | Tx, softwareIds: number[]): Promise<IdentifiedSoftware[]> {
  const { rows } = await sql<Omit<IdentifiedSoftware, 'patches'> & { patches: string }>`
    select software.id, software.kind, version.source, version.name, version.version, version.arch, version.vendor,
      version.bundle_identifier as "bundleIdentifier", version.upgrade_code as "upgradeCode",
      version.extension_id as "extensionId", version.extension_for as "extensionFor", version.release, software.module,
      software.patches, software.source_package as "sourcePackage", software.source_version as "sourceVersion", context.key as context
    from inventory.software as software
    join inventory.version as version on version.id = software.version_id
    join hosts.context as context on context.id = software.context_id
    where software.id = any(${softwareIds}::int[]) order by software.id`.execute(db);
  return rows.map((row) => ({ ...row, patches: patchesIn(row.patches) }));
}

function patchesIn(text: string): string[] | null {
  if (text === '') return null;
  return text === 'none' ? [] : text.split(',');
}

/** Remembers under which keys software is looked up, so that a changed advisory finds it. */
export async function writeKeys(tx: Tx, pairs: { softwareId: number; key: string }[]): Promise<void> {
  const softwareIds = pairs.map((pair) => pair.softwareId);
  await ensureKeys(
    tx,
    pairs.map((pair) => pair.key),
  );
  await sql`
    insert into vulnerabilities.software_key (key_id, software_id)
    select lookup.id, each.software_id
    from unnest(${softwareIds}::int[], ${pairs.map((pair) => pair.key)}::text[]) as each (software_id, key)
    join vulnerabilities.lookup_key as lookup on lookup.key = each.key order by 1, 2
    on conflict do nothing`.execute(tx);
}

/** Makes keys that are new. The scope is what stands before the last colon. */
export const ensureKeys = (tx: Tx, keys: string[]) =>
  sql`
    insert into vulnerabilities.lookup_key (key, scope)
    select distinct key, regexp_replace(key, ':[^:]*$', '') from unnest(${keys}::text[]) as each (key)
    where not exists (select from vulnerabilities.lookup_key as known where known.key = each.key) order by 1
    on conflict (key) do nothing`.execute(tx);

/** Everything that is said about some keys, and which of their scopes anything is said about: what software is judged by. */
export async function readIndex(db: Db | Tx, keys: string[]): Promise<AdvisoryIndex> {
  const { rows } = await sql<Candidate & { key: string }>`
    select lookup.key, said.feed, said.advisory, said.vulnerabilities, said.is_derived as "isDerived", said.body as affected
    from vulnerabilities.lookup_key as lookup join vulnerabilities.statement as said on said.key_id = lookup.id
    where lookup.key = any(${keys}::text[]) order by lookup.key, said.feed, said.advisory`.execute(db);
  const byKey = Map.groupBy(rows, (row) => row.key);
  const known = await sql<{ scope: string }>`
    select scope from unnest(${[...new Set(keys.map(scopeOf))]}::text[]) as each (scope)
    where exists (select from vulnerabilities.lookup_key as lookup join vulnerabilities.statement as said on said.key_id = lookup.id
      where lookup.scope = each.scope)`.execute(db);
  const scopes = new Set(known.rows.map((row) => row.scope));
  const gathered = new Map(Array.from(byKey, ([key, candidates]) => [key, gather(candidates)]));
  return { statements: (key) => gathered.get(key) ?? null, covers: (scope) => scopes.has(scope) };
}

export const writeJudged = (
  tx: Tx,
  rows: { softwareId: number; notJudged: string | null; detail: string }[],
  at: Date,
) =>
  sql`
    insert into vulnerabilities.software_judged (software_id, judged_at, not_judged, detail)
    select id, ${at}, reason, detail from unnest(${rows.map((row) => row.softwareId)}::int[],
      ${rows.map((row) => row.notJudged)}::text[], ${rows.map((row) => row.detail)}::text[]) as each (id, reason, detail)
    on conflict (software_id) do update set judged_at = excluded.judged_at, not_judged = excluded.not_judged, detail = excluded.detail`.execute(
    tx,
  );
