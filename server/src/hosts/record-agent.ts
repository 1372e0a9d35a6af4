import type { Context } from '../kernel/context.ts';
import { mergeDetails } from './queries/details.ts';

/** Keeps what the agent on a host says of itself. */
export async function recordAgent(
  ctx: Context,
  hostId: number,
  agent: { version: string; timeZone: string | undefined },
): Promise<void> {
  const detail = { agentVersion: agent.version, ...(agent.timeZone && { agentTimeZone: agent.timeZone }) };
  await mergeDetails(ctx.db, [{ hostId, detail, at: ctx.clock() }]);
}
