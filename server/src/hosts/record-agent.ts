import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { mergeDetail } from './queries/details.ts';

/** Keeps what the agent on a host says of itself. */
export async function recordAgent(ctx: Context, hostId: number, agent: { version: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await mergeDetail(tx, hostId, { detail: { agentVersion: agent.version }, at: ctx.clock() });
  });
}
