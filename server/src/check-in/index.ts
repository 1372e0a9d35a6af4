import type { FastifyInstance } from 'fastify';
import { createInventoryCounter, type SeenBuffer } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import { addAgentApi } from './agent-api.ts';
import { createAgentStreams } from './agent-streams.ts';
import { createCaBundle } from './ca-bundle.ts';
import { createHostSessions } from './host-sessions.ts';
import { addOrbitApi } from './orbit-api.ts';
import { addOsqueryApi } from './osquery-api.ts';

/** Everything that hosts talk to: plain osquery, Flotilla's agent, Fleet's agent. They share what is known of a host. */
export function addHostApis(
  app: FastifyInstance,
  { ctx, domains, seen }: { ctx: Context; domains: Domain[]; seen: SeenBuffer },
): void {
  const sessions = createHostSessions(ctx);
  const asker = { ctx, domains, inventories: createInventoryCounter(ctx) };
  const streams = createAgentStreams(ctx);
  app.addHook('preClose', async () => streams.stop());
  addOsqueryApi(app, { ...asker, seen, sessions });
  addAgentApi(app, { ...asker, seen, sessions, streams, ca: createCaBundle(ctx) });
  addOrbitApi(app, { ctx, seen, sessions });
}
