import type {
  Exploitation,
  Likelihood,
  SeverityInputs,
  Ssvc,
  VulnerabilityFacts,
} from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { OwnConnection } from '../../kernel/db/own-connection.ts';

/** What one advisory says about one key. */
export interface Statement {
  key: string;
  advisory: string;
  vulnerabilities: readonly string[];
  /** What it says, as JSON. */
  body: string;
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
  /** A `Told`, as JSON. */
  told: string;
  hash: string;
}

export interface StagedLikelihood extends Likelihood {
  name: string;
}

/** Places for a feed as it is now, that last as long as the connection and that nobody else sees. JSON is kept unread: most is equal. */
export async function createStage(db: Db): Promise<void> {
  await sql`create temporary table staged_statement (key text collate "C", advisory text collate "C", vulnerabilities text[],
    body text, is_derived boolean, hash uuid)`.execute(db);
  await sql`create temporary table staged_told (name text collate "C", advisory text collate "C", facts text, hash uuid)`.execute(
    db,
  );
  await sql`create temporary table staged_likelihood (name text collate "C", probability real, percentile real)`.execute(
    db,
  );
  await sql`create temporary table staged_unread (record text collate "C")`.execute(db);
}

export const stageStatements = ({ copy }: OwnConnection, all: Statement[]) =>
  copy(
    'staged_statement',
    all.map((one) => [one.key, one.advisory, one.vulnerabilities, one.body, one.isDerived, one.hash]),
  );

export const stageTold = ({ copy }: OwnConnection, all: StagedTold[]) =>
  copy(
    'staged_told',
    all.map((one) => [one.name, one.advisory, one.told, one.hash]),
  );

export const stageLikelihoods = ({ copy }: OwnConnection, all: StagedLikelihood[]) =>
  copy(
    'staged_likelihood',
    all.map((one) => [one.name, one.probability, one.percentile]),
  );

export const stageUnread = ({ copy }: OwnConnection, records: string[]) =>
  copy(
    'staged_unread',
    records.map((one) => [one]),
  );

/**
 * Lets the planner know how much was staged, and makes names that are new: before everything else, so that who judges never waits for
 * whoever stores.
 */
export async function closeStage(db: Db): Promise<void> {
  await sql`create index on staged_statement (key)`.execute(db);
  await sql`analyze staged_statement (key, advisory, hash), staged_told (name, advisory, hash), staged_likelihood, staged_unread`.execute(
    db,
  );
  await sql`
    insert into vulnerabilities.lookup_key (key, scope)
    select distinct key, regexp_replace(key, ':[^:]*$', '') from staged_statement as staged
    where not exists (select from vulnerabilities.lookup_key as known where known.key = staged.key) order by 1
    on conflict (key) do nothing`.execute(db);
  await sql`
    insert into vulnerabilities.vulnerability (name)
    select name from (select name from staged_told union select name from staged_likelihood) as each
    where not exists (select from vulnerabilities.vulnerability as known where known.name = each.name) order by 1
    on conflict (name) do nothing`.execute(db);
}
