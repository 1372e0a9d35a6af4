import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { PolicyType, Scope } from '../policy.ts';

export interface Generation {
  generation: number;
  questions: number;
}

export const readGeneration = (db: Db): Promise<Generation> =>
  db.selectFrom('policies.generation').select(['generation', 'questions']).executeTakeFirstOrThrow();

/** What has to be known of a policy to ask hosts, and to take their answers. */
export interface AskedPolicy extends Scope {
  id: number;
  type: PolicyType;
  revision: number;
  query: string;
}

export async function readAsked(db: Db | Tx): Promise<AskedPolicy[]> {
  return db
    .selectFrom('policies.policy')
    .select(['id', 'type', 'revision', 'query', 'platform', 'fleet_id as fleetId'])
    .$narrowType<{ type: PolicyType }>()
    .orderBy('id')
    .execute();
}

/** Policies by SQL as they are now, without it. */
export const readQuestions = (tx: Tx): Promise<Pick<AskedPolicy, 'id' | 'revision' | keyof Scope>[]> =>
  tx
    .selectFrom('policies.policy')
    .select(['id', 'revision', 'platform', 'fleet_id as fleetId'])
    .where('type', '=', 'dynamic')
    .orderBy('id')
    .execute();

export interface HostRun {
  questions: number;
  asked: number;
  at: Date;
}

/** When the host last answered; null when it never did. */
export async function readRun(db: Db | Tx, hostId: number): Promise<HostRun | null> {
  const row = await db
    .selectFrom('policies.host_run')
    .select(['questions', 'asked', 'at'])
    .where('host_id', '=', hostId)
    .executeTakeFirst();
  return row ?? null;
}

export const writeRun = (tx: Tx, hostId: number, run: HostRun) =>
  sql`
    insert into policies.host_run (host_id, questions, asked, at) values (${hostId}, ${run.questions}, ${run.asked}, ${run.at})
    on conflict (host_id) do update set questions = excluded.questions, asked = excluded.asked, at = excluded.at`.execute(
    tx,
  );
