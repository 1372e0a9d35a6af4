import type { Db, Tx } from '../../kernel/db/database.ts';

export interface FeedRow {
  name: string;
  generation: string | null;
  records: number;
  problems: number;
  published_at: Date | null;
  fetched_at: Date | null;
  verified_at: Date | null;
  failure: string | null;
  failed_at: Date | null;
  held_reason: string | null;
  held_at: Date | null;
}

export const readFeeds = (db: Db | Tx): Promise<FeedRow[]> =>
  db.selectFrom('vulnerabilities.feed').selectAll().orderBy('name').execute();

export const writeFeed = (db: Db | Tx, row: FeedRow) =>
  db
    .insertInto('vulnerabilities.feed')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
