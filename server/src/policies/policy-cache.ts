import type { Context } from '../kernel/context.ts';
import { type AskedPolicy, type Generation, readAsked, readGeneration } from './queries/asking.ts';

/** The policies as a process remembers them. */
export interface KnownPolicies extends Generation {
  /** Those that hosts answer by SQL. */
  asked: AskedPolicy[];
  hasVersionRules: boolean;
}

export interface PolicyCache {
  /** At most two seconds old. */
  read(ctx: Context): Promise<KnownPolicies>;
  /** Something changed in this process: the next read looks. */
  forget(): void;
}

const FRESH_FOR = 2_000;

/** Policies in memory: whether they changed is asked once in two seconds, however many hosts call. */
export function createPolicyCache(): PolicyCache {
  let known: KnownPolicies = { generation: 0, questions: 0, asked: [], hasVersionRules: false };
  let freshUntil = Number.NEGATIVE_INFINITY;
  let changes = 0;
  let reading: Promise<KnownPolicies> | null = null;
  const look = async (ctx: Context) => {
    const seen = changes;
    const now = ctx.clock().getTime();
    const current = await readGeneration(ctx.db);
    if (current.generation !== known.generation) {
      const all = await readAsked(ctx.db);
      const asked = all.filter((policy) => policy.type === 'dynamic');
      known = { ...current, asked, hasVersionRules: asked.length < all.length };
    }
    if (changes === seen) freshUntil = now + FRESH_FOR;
    return known;
  };
  return {
    async read(ctx) {
      if (ctx.clock().getTime() < freshUntil) return known;
      reading ??= look(ctx).finally(() => {
        reading = null;
      });
      return reading;
    },
    forget() {
      changes += 1;
      freshUntil = Number.NEGATIVE_INFINITY;
    },
  };
}
