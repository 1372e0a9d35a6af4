import { sql } from 'kysely';
import type { Context } from './context.ts';

/** Counts input that was refused and belongs to no known host, so that it can be seen. */
export async function recordServerProblem(ctx: Context, kind: string, detail: string): Promise<void> {
  await ctx.db
    .insertInto('kernel.problem')
    .values({ kind, detail: detail.slice(0, 200), count: 1, at: ctx.clock() })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'detail']).doUpdateSet((excluded) => ({
        count: sql<number>`kernel.problem.count + 1`,
        at: excluded.ref('excluded.at'),
      })),
    )
    .execute();
}

export const listServerProblems = (ctx: Context) =>
  ctx.db.selectFrom('kernel.problem').selectAll().orderBy('at', 'desc').orderBy('kind').limit(500).execute();
