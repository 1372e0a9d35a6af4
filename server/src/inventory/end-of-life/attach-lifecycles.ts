import { createLifecycleMatcher, type LifecycleMatcher } from '@flotilla/engine/lifecycles/create-matcher';
import type { Context } from '../../kernel/context.ts';
import { inTransaction } from '../../kernel/db/database.ts';
import * as queries from '../queries/end-of-life.ts';

/** Versions of one round. */
const CHUNK = 10_000;

/** Finds the cycles of versions by the products that are stored, and keeps what it found for those who read. */
export interface Lifecycles {
  attachNew(ctx: Context, softwareIds: number[]): Promise<void>;
  /** @returns how many versions are of a cycle */
  attachAll(ctx: Context): Promise<number>;
}

export function createLifecycles(): Lifecycles {
  let known: { at: number; match: LifecycleMatcher } | null = null;
  /** Products in memory, as long as no others are stored. */
  const current = async (ctx: Context): Promise<LifecycleMatcher | null> => {
    const at = (await queries.readStoredAt(ctx.db))?.getTime();
    if (at === undefined) return null;
    if (known?.at !== at) known = { at, match: createLifecycleMatcher(await queries.readProducts(ctx.db)) };
    return known.match;
  };
  return {
    async attachNew(ctx, softwareIds) {
      const match = await current(ctx);
      if (match) await attach(ctx, match, await queries.readSubjectsOf(ctx.db, softwareIds));
    },
    async attachAll(ctx) {
      const match = await current(ctx);
      let attached = 0;
      for (let after = 0; match; ) {
        const subjects = await queries.readSubjectsAfter(ctx.db, after, CHUNK);
        const last = subjects.at(-1);
        if (!last) break;
        attached += await attach(ctx, match, subjects);
        after = last.versionId;
      }
      return attached;
    },
  };
}

async function attach(ctx: Context, match: LifecycleMatcher, subjects: queries.Subject[]): Promise<number> {
  const matches = subjects.flatMap((subject) => {
    const found = match(subject);
    return found ? { ...found, versionId: subject.versionId } : [];
  });
  const versionIds = subjects.map((subject) => subject.versionId);
  await inTransaction(ctx, (tx) => queries.writeMatches(tx, versionIds, matches));
  return matches.length;
}
