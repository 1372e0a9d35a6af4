import type { Context } from '../kernel/context.ts';
import { readChain } from './queries.ts';
import { canonicalJson, chainHash } from './record-activity.ts';

export interface ChainState {
  activities: number;
  /** The first activity that is not as it was written, or before which one is missing. */
  brokenAt: number | null;
}

const PAGE = 5000;

/** Computes the hash of every activity again. Those that were forgotten by age are missing at the beginning only. */
export async function verifyChain({ db }: Pick<Context, 'db'>): Promise<ChainState> {
  let activities = 0;
  let previous: Buffer | null = null;
  for (let after = 0; ; ) {
    const rows = await readChain(db, { after, limit: PAGE });
    for (const { id, hash, previous_hash, ...row } of rows) {
      const expected = chainHash(previous_hash, { ...row, details: canonicalJson(row.details) });
      if (!expected.equals(hash) || (previous && !previous.equals(previous_hash))) return { activities, brokenAt: id };
      previous = hash;
      activities += 1;
    }
    const last = rows.at(-1);
    if (!last) return { activities, brokenAt: null };
    after = last.id;
  }
}
