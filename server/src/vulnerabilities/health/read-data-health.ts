import type { dataHealth } from '@flotilla/contract/data-health';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import type { Context } from '../../kernel/context.ts';
import { countJudged, isUnsettled, readHeldHosts, readUnjudged } from './queries/data-health.ts';

const MOST_HOSTS = 20;

/** How far findings can be trusted. @throws AppError `not_found`, `forbidden` */
export async function readDataHealth(
  ctx: Context,
  query: QueryOf<typeof dataHealth>,
): Promise<ResponseOf<typeof dataHealth>> {
  const { counterId, fleetIds } = await readScope(ctx, 'hosts:read', query);
  const [{ judged, waiting }, unjudged, isOpen, held] = await Promise.all([
    countJudged(ctx.db, counterId),
    readUnjudged(ctx.db, counterId),
    isUnsettled(ctx.db),
    readHeldHosts(ctx.db, fleetIds, MOST_HOSTS),
  ]);
  return {
    judged_versions: judged,
    waiting_versions: waiting,
    is_settled: !isOpen,
    unjudged,
    held_hosts_count: held[0]?.count ?? 0,
    held_hosts: held.map(({ host_id, display_name }) => ({ host_id, display_name })),
  };
}
