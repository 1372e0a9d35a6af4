import type { Context } from '../kernel/context.ts';
import { countProblem } from './queries/details.ts';

/** Keeps in sight that input of this host was refused. */
export async function recordHostProblem(
  ctx: Context,
  hostId: number,
  problem: { kind: string; detail: string },
): Promise<void> {
  await countProblem(ctx.db, hostId, { kind: problem.kind, detail: problem.detail.slice(0, 200), at: ctx.clock() });
}
