import type {
  CycleMatch,
  LifecycleCycle,
  LifecycleProduct,
  LifecycleSubject,
} from '@flotilla/engine/lifecycles/lifecycle';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import { contains } from './matching.ts';

export async function readStoredAt(db: Db | Tx): Promise<Date | null> {
  return (await db.selectFrom('inventory.lifecycle_stored').select('at').executeTakeFirst())?.at ?? null;
}

/** Puts these products and cycles in the place of those that are stored. */
export async function replaceProducts(tx: Tx, products: LifecycleProduct[], at: Date): Promise<void> {
  const cycles = products.flatMap((product) =>
    product.cycles.map((cycle, place) => ({ ...cycle, place, product: product.name })),
  );
  await sql`delete from inventory.lifecycle_product`.execute(tx);
  await sql`delete from inventory.lifecycle_cycle`.execute(tx);
  await sql`
    insert into inventory.lifecycle_product (name, label, link, identifiers)
    select name, label, link, identifiers from jsonb_to_recordset(${JSON.stringify(products)}::jsonb)
      as each (name text, label text, link text, identifiers jsonb)`.execute(tx);
  await sql`
    insert into inventory.lifecycle_cycle (product, name, place, label, released, support_ends, ends, has_ended,
      extended_ends, is_lts, latest, latest_released)
    select product, name, place, label, released, "supportEnds", ends, "hasEnded", "extendedEnds", "isLts", latest,
      "latestReleased"
    from jsonb_to_recordset(${JSON.stringify(cycles)}::jsonb) as each (product text, name text, place int, label text,
      released date, "supportEnds" date, ends date, "hasEnded" boolean, "extendedEnds" date, "isLts" boolean, latest text,
      "latestReleased" date)`.execute(tx);
  await tx
    .insertInto('inventory.lifecycle_stored')
    .values({ id: 1, at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
    .execute();
}

/** Days as text: the driver would make them moments of some time zone. */
const CYCLE_COLUMNS = sql`cycle.name, cycle.label, cycle.released::text as released,
  cycle.support_ends::text as "supportEnds", cycle.ends::text as ends, cycle.has_ended as "hasEnded",
  cycle.extended_ends::text as "extendedEnds", cycle.is_lts as "isLts", cycle.latest,
  cycle.latest_released::text as "latestReleased"`;

export async function readProducts(db: Db): Promise<LifecycleProduct[]> {
  const products = await db
    .selectFrom('inventory.lifecycle_product')
    .select(['name', 'label', 'link'])
    .select(sql<LifecycleProduct['identifiers']>`identifiers`.as('identifiers'))
    .execute();
  const cycles = await sql<LifecycleCycle & { product: string }>`
    select cycle.product, ${CYCLE_COLUMNS} from inventory.lifecycle_cycle as cycle order by product, place`.execute(db);
  const ofProduct = Map.groupBy(cycles.rows, (row) => row.product);
  return products.map((product) => ({ ...product, cycles: ofProduct.get(product.name) ?? [] }));
}

export type Subject = LifecycleSubject & { versionId: number };

const SUBJECT = sql`version.id as "versionId", title.kind, version.source, version.name, version.version, version.vendor,
  version.release, version.bundle_identifier as "bundleIdentifier"`;

/** Versions of some software. */
export async function readSubjectsOf(db: Db, softwareIds: number[]): Promise<Subject[]> {
  const { rows } = await sql<Subject>`
    select distinct ${SUBJECT} from inventory.software as software
    join inventory.version as version on version.id = software.version_id
    join inventory.title as title on title.id = version.title_id
    where software.id = any(${softwareIds}::int[])`.execute(db);
  return rows;
}

/** Versions after an id, in the order of their ids. */
export async function readSubjectsAfter(db: Db, after: number, limit: number): Promise<Subject[]> {
  const { rows } = await sql<Subject>`
    select ${SUBJECT} from inventory.version as version join inventory.title as title on title.id = version.title_id
    where version.id > ${after} order by version.id limit ${limit}`.execute(db);
  return rows;
}

export type Attached = CycleMatch & { versionId: number };

/** Notes which of these versions are of which cycle; the others are of none. */
export async function writeMatches(tx: Tx, versionIds: number[], matches: Attached[]): Promise<void> {
  await sql`
    delete from inventory.version_lifecycle where version_id = any(${versionIds}::int[])
      and not (version_id = any(${matches.map((match) => match.versionId)}::int[]))`.execute(tx);
  await sql`
    insert into inventory.version_lifecycle as old (version_id, product, cycle, remark)
    select * from unnest(${matches.map((match) => match.versionId)}::int[], ${matches.map((match) => match.product)}::text[],
      ${matches.map((match) => match.cycle)}::text[], ${matches.map((match) => match.remark)}::text[]) order by 1
    on conflict (version_id) do update set product = excluded.product, cycle = excluded.cycle, remark = excluded.remark
    where (old.product, old.cycle, old.remark) is distinct from (excluded.product, excluded.cycle, excluded.remark)`.execute(
    tx,
  );
}

/** A cycle with its product, as a version has it. */
export interface LifecycleRow extends LifecycleCycle {
  product: string;
  product_label: string;
  link: string | null;
  remark: string | null;
}

const LIFECYCLE = sql`product.name as product, product.label as product_label, product.link, has.remark, ${CYCLE_COLUMNS}`;
const LIFECYCLE_JOINS = sql`
  join inventory.lifecycle_cycle as cycle on cycle.product = has.product and cycle.name = has.cycle
  join inventory.lifecycle_product as product on product.name = has.product`;

/** Those of the versions that a cycle is known of. */
export async function readLifecycles(db: Db, versionIds: number[]): Promise<Map<number, LifecycleRow>> {
  const { rows } = await sql<LifecycleRow & { version_id: number }>`
    select has.version_id, ${LIFECYCLE} from inventory.version_lifecycle as has ${LIFECYCLE_JOINS}
    where has.version_id = any(${versionIds}::int[])`.execute(db);
  return new Map(rows.map(({ version_id, ...row }) => [version_id, row]));
}

/** The cycle of the system of a host. */
export async function readSystemLifecycle(db: Db, hostId: number): Promise<LifecycleRow | null> {
  const { rows } = await sql<LifecycleRow>`
    select ${LIFECYCLE} from inventory.host_software as have
    join inventory.software as software on software.id = have.software_id and software.kind = 'os'
    join inventory.version_lifecycle as has on has.version_id = software.version_id ${LIFECYCLE_JOINS}
    where have.host_id = ${hostId} limit 1`.execute(db);
  return rows[0] ?? null;
}

export interface EndingFilter {
  counterId: number;
  /** What ends on this day or has ended. */
  until: string;
  text?: string;
  kind?: 'normal' | 'os';
}

export interface EndingOrder {
  key: 'eol_date' | 'hosts_count' | 'name';
  descending: boolean;
  offset: number;
  limit: number;
}

export interface EndingRow extends LifecycleRow {
  version_id: number;
  title_id: number;
  version_name: string;
  version: string;
  source: string;
  kind: 'normal' | 'kernel' | 'os' | 'patch';
  hosts: number;
}

const ORDERS = {
  eol_date: sql`coalesce(cycle.ends, cycle.released)`,
  hosts_count: sql`counted.hosts`,
  name: sql`title.sort_name`,
};

const ending = ({ counterId, until, text, kind }: EndingFilter) => sql`
  from inventory.version_lifecycle as has ${LIFECYCLE_JOINS}
  join inventory.version_fleet as counted on counted.version_id = has.version_id and counted.fleet_id = ${counterId}
  join inventory.version as version on version.id = has.version_id
  join inventory.title as title on title.id = version.title_id
  where counted.hosts > 0 and (cycle.ends <= ${until}::date or (cycle.ends is null and cycle.has_ended))
    ${kind === undefined ? sql`` : sql`and title.kind = ${kind}`}
    ${text === undefined ? sql`` : sql`and (version.name ilike ${contains(text)} or product.label ilike ${contains(text)})`}`;

export async function listEnding(db: Db, filter: EndingFilter, order: EndingOrder): Promise<EndingRow[]> {
  const direction = order.descending ? sql`desc nulls last` : sql`asc nulls first`;
  const { rows } = await sql<EndingRow>`
    select has.version_id, version.title_id, version.name as version_name, version.version, version.source, title.kind,
      counted.hosts, ${LIFECYCLE} ${ending(filter)}
    order by ${ORDERS[order.key]} ${direction}, has.version_id offset ${order.offset} limit ${order.limit}`.execute(db);
  return rows;
}

export async function countEnding(db: Db, filter: EndingFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total ${ending(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}
