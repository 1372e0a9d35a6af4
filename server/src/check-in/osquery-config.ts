import { readHostSettings } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import type { HostSession } from './host-sessions.ts';

/**
 * What osquery is to do by itself: the agent options of the host's fleet, or of the server. Options of a platform stand in the place
 * of the usual ones.
 */
export async function osqueryConfig(
  ctx: Context,
  { fleetId, platform }: Pick<HostSession, 'fleetId' | 'platform'>,
): Promise<Record<string, unknown>> {
  const { agentOptions } = await readHostSettings(ctx, fleetId);
  const own = agentOptions.overrides?.platforms?.[platform] ?? agentOptions.config;
  return { options: {}, schedule: {}, ...(isObject(own) && own) };
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
