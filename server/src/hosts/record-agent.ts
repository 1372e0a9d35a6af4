import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { mergeDetails } from './queries/details.ts';

/** Keeps what the agent on a host says of itself. */
export async function recordAgent(
  ctx: Context,
  hostId: number,
  agent: { version: string; timeZone: string | undefined },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const detail = { agentVersion: agent.version, ...(agent.timeZone && { agentTimeZone: agent.timeZone }) };
    await mergeDetails(tx, [{ hostId, detail, at: ctx.clock() }]);
  });
}
