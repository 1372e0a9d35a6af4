import type { SchemeName } from '@flotilla/engine/versions/schemes';
import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';

/** A title of an action, and the version it is to be updated to. */
export interface Fixable {
  action_id: number;
  title_id: number;
  fix_version: string;
  scheme: SchemeName;
}

export async function readFixable(db: Db, titleIds: number[]): Promise<Fixable[]> {
  const { rows } = await sql<Fixable>`
    select distinct risk.action_id, risk.title_id, action.fix_version, action.scheme
    from vulnerabilities.action_version as risk join vulnerabilities.action as action on action.id = risk.action_id
    where risk.title_id = any(${ints(titleIds)}::int[]) and risk.findings > 0 and action.fix_version is not null`.execute(
    db,
  );
  return rows;
}
