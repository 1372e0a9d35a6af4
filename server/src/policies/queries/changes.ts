import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { PolicyFields, PolicyType } from '../policy.ts';

/** Changes of policies come one after the other; reading goes on. */
export const lockPolicies = (tx: Tx) => sql`lock table policies.policy in share row exclusive mode`.execute(tx);

/** Keeps whoever changes policies out until the transaction ends. */
export const keepPolicies = (tx: Tx) => sql`lock table policies.policy in share mode`.execute(tx);

/** Takers of answers pass side by side; whoever changes what is asked waits for them, and they for it. */
export const passFence = (tx: Tx) => sql`lock table policies.fence in row share mode`.execute(tx);
export const closeFence = (tx: Tx) => sql`lock table policies.fence in exclusive mode`.execute(tx);

/** The fence of inventory, which version policies are judged from. */
export const passInventoryFence = (tx: Tx) => sql`lock table inventory.fence in row share mode`.execute(tx);

export interface StoredPolicy {
  id: number;
  fleetId: number | null;
  type: PolicyType;
  fields: PolicyFields;
}

/** Policies by id, in the order of the ids. */
export async function readStored(tx: Tx, ids: number[]): Promise<StoredPolicy[]> {
  const rows = await tx
    .selectFrom('policies.policy')
    .selectAll()
    .$narrowType<{ type: PolicyType }>()
    .where('id', '=', sql<number>`any(${ids}::int[])`)
    .orderBy('id')
    .execute();
  return rows.map(({ id, fleet_id, type, ...row }) => ({
    id,
    fleetId: fleet_id,
    type,
    fields: {
      name: row.name,
      query: row.query,
      titleId: row.title_id,
      minimumVersion: row.minimum_version,
      description: row.description,
      resolution: row.resolution,
      platform: row.platform,
      critical: row.critical,
      installTitleId: row.install_title_id,
    },
  }));
}

/** The policy of this name in a scope, if any. */
export async function findByName(tx: Tx, fleetId: number | null, name: string): Promise<number | null> {
  const row = await tx
    .selectFrom('policies.policy')
    .select('id')
    .where('name', '=', name)
    .where('fleet_id', 'is not distinct from', fleetId)
    .executeTakeFirst();
  return row?.id ?? null;
}

const toColumns = (fields: PolicyFields) => ({
  name: fields.name,
  query: fields.query,
  title_id: fields.titleId,
  minimum_version: fields.minimumVersion,
  description: fields.description,
  resolution: fields.resolution,
  platform: fields.platform,
  critical: fields.critical,
  install_title_id: fields.installTitleId,
});

export interface Author {
  author_id: number | null;
  author_name: string;
  author_email: string;
}

export async function insertPolicy(
  tx: Tx,
  policy: Omit<StoredPolicy, 'id'> & { author: Author; at: Date },
): Promise<number> {
  const { fleetId, type, fields, author, at } = policy;
  const { id } = await tx
    .insertInto('policies.policy')
    .values({ fleet_id: fleetId, type, ...toColumns(fields), ...author, created_at: at, updated_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export const updatePolicy = (
  tx: Tx,
  id: number,
  { fields, isAnother, at }: { fields: PolicyFields; isAnother: boolean; at: Date },
) =>
  tx
    .updateTable('policies.policy')
    .set({ ...toColumns(fields), updated_at: at, revision: sql<number>`revision + ${isAnother ? 1 : 0}` })
    .where('id', '=', id)
    .execute();

export const deletePolicies = (tx: Tx, ids: number[]) =>
  tx.deleteFrom('policies.policy').where('id', '=', sql<number>`any(${ids}::int[])`).execute();

/** Every process re-reads the policies; with `questions` hosts are asked anew. */
export const noteGeneration = (tx: Tx, { questions }: { questions: boolean }) =>
  sql`
    update policies.generation set generation = generation + 1, questions = questions + ${questions ? 1 : 0}`.execute(
    tx,
  );

export async function readTitle(tx: Tx, id: number): Promise<{ name: string; source: string } | null> {
  const row = await tx
    .selectFrom('inventory.title')
    .select(['display_name as name', 'source'])
    .where('id', '=', id)
    .where('kind', '=', 'normal')
    .executeTakeFirst();
  return row ?? null;
}

export async function readFleetName(db: Db | Tx, id: number): Promise<string | null> {
  return (await db.selectFrom('fleets.fleet').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null;
}

export interface PolicyName {
  id: number;
  name: string;
}

/** Policies that install a title. */
export const findInstalling = (tx: Tx, titleId: number): Promise<PolicyName[]> =>
  tx
    .selectFrom('policies.policy')
    .select(['id', 'name'])
    .where('install_title_id', '=', titleId)
    .orderBy('id')
    .execute();
