import type {
  Affected,
  Exploitation,
  Likelihood,
  SeverityInputs,
  Ssvc,
  VulnerabilityFacts,
} from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** What one advisory says about one key. */
export interface Statement {
  key: string;
  advisory: string;
  vulnerabilities: readonly string[];
  affected: Affected;
  isDerived: boolean;
  hash: string;
}

/** What a feed tells of a vulnerability itself. */
export interface Told {
  facts?: VulnerabilityFacts;
  severity?: SeverityInputs;
  exploitation?: Exploitation;
  ssvc?: Ssvc;
}

export interface StagedTold {
  name: string;
  advisory: string;
  told: Told;
  hash: string;
}

export interface StagedLikelihood extends Likelihood {
  name: string;
}

/** Places for a feed as it is now, that last as long as the transaction and that nobody else sees. */
export async function createStage(tx: Tx): Promise<void> {
  await sql`create temporary table staged_statement (key text collate "C", advisory text collate "C", vulnerabilities text[],
    body jsonb, is_derived boolean, hash uuid) on commit drop`.execute(tx);
  await sql`create temporary table staged_told (name text collate "C", advisory text collate "C", facts jsonb, hash uuid)
    on commit drop`.execute(tx);
  await sql`create temporary table staged_likelihood (name text collate "C", probability real, percentile real)
    on commit drop`.execute(tx);
  await sql`create temporary table staged_unread (record text collate "C") on commit drop`.execute(tx);
}

export const stageStatements = (tx: Tx, all: Statement[]) =>
  sql`
    insert into staged_statement
    select key, advisory, array(select jsonb_array_elements_text(names)), body, is_derived, hash
    from unnest(${all.map((one) => one.key)}::text[], ${all.map((one) => one.advisory)}::text[],
      ${all.map((one) => JSON.stringify(one.vulnerabilities))}::jsonb[],
      ${all.map((one) => JSON.stringify(one.affected))}::jsonb[], ${all.map((one) => one.isDerived)}::boolean[],
      ${all.map((one) => one.hash)}::uuid[]) as each (key, advisory, names, body, is_derived, hash)`.execute(tx);

export const stageTold = (tx: Tx, all: StagedTold[]) =>
  sql`
    insert into staged_told select * from unnest(${all.map((one) => one.name)}::text[],
      ${all.map((one) => one.advisory)}::text[], ${all.map((one) => JSON.stringify(one.told))}::jsonb[],
      ${all.map((one) => one.hash)}::uuid[])`.execute(tx);

export const stageLikelihoods = (tx: Tx, all: StagedLikelihood[]) =>
  sql`
    insert into staged_likelihood select * from unnest(${all.map((one) => one.name)}::text[],
      ${all.map((one) => one.probability)}::real[], ${all.map((one) => one.percentile)}::real[])`.execute(tx);

export const stageUnread = (tx: Tx, records: string[]) =>
  sql`insert into staged_unread select * from unnest(${records}::text[])`.execute(tx);

/** Lets the planner know how much was staged. */
export async function closeStage(tx: Tx): Promise<void> {
  await sql`create index on staged_statement (key)`.execute(tx);
  await sql`analyze staged_statement, staged_told, staged_likelihood, staged_unread`.execute(tx);
}
