import { deleteFleet as deleteFleetRoute, olderFleetRoutes } from '@flotilla/contract/fleets';
import * as changes from '@flotilla/contract/host-changes';
import * as contract from '@flotilla/contract/hosts';
import { invalid } from '../kernel/errors.ts';
import { sendCsv } from '../kernel/http/csv.ts';
import { serve } from '../kernel/http/handler.ts';
import { chooseByFilter, chooseById } from './choose-hosts.ts';
import { deleteFleet } from './delete-fleet.ts';
import { deleteHosts } from './delete-hosts.ts';
import { readDeviceMapping, setDeviceMapping } from './device-mapping.ts';
import { readHealth } from './host-health.ts';
import { labelRoutes } from './label-routes.ts';
import { countHosts } from './list-hosts.ts';
import { refetchHost } from './refetch-host.ts';
import { reportOnHosts } from './report-hosts.ts';
import { summariseHosts } from './summarise-hosts.ts';
import { transferHosts } from './transfer-hosts.ts';

/** 0 and null both mean hosts in no fleet. */
const targetOf = ({ fleet_id, team_id }: { fleet_id?: number | null; team_id?: number | null }) =>
  fleet_id || team_id || null;

export const routes = [
  serve(contract.countHosts, async (ctx, { query }) => ({ count: await countHosts(ctx, query) })),
  serve(contract.hostSummary, (ctx, { query }) => summariseHosts(ctx, query)),
  serve(
    contract.reportHosts,
    async (ctx, { query }, { reply }) =>
      sendCsv(reply, { name: 'hosts.csv', ...(await reportOnHosts(ctx, query)) }) as never,
  ),
  serve(contract.refetchHost, async (ctx, { params }) => {
    await refetchHost(ctx, params.id);
    return {};
  }),
  serve(changes.transferHosts, async (ctx, { body }) => {
    await transferHosts(ctx, await chooseById(ctx, body.hosts), targetOf(body));
    return {};
  }),
  serve(changes.transferFilteredHosts, async (ctx, { body }) => {
    await transferHosts(ctx, await chooseByFilter(ctx, body.filters), targetOf(body));
    return {};
  }),
  serve(changes.deleteHost, async (ctx, { params }) => {
    await deleteHosts(ctx, await chooseById(ctx, [params.id]));
    return {};
  }),
  serve(changes.deleteHosts, async (ctx, { body: { ids, filters } }) => {
    if (!ids === !filters) throw invalid('ids', 'Send either ids or filters');
    await deleteHosts(ctx, ids ? await chooseById(ctx, ids) : await chooseByFilter(ctx, filters ?? {}));
    return {};
  }),
  serve(changes.hostHealth, (ctx, { params }) => readHealth(ctx, params.id)),
  serve(changes.deviceMapping, (ctx, { params }) => readDeviceMapping(ctx, params.id)),
  serve(changes.setDeviceMapping, (ctx, { params, body }) => setDeviceMapping(ctx, params.id, body)),
  ...[deleteFleetRoute, olderFleetRoutes.deleteFleet].map((route) =>
    serve(route, async (ctx, { params }) => {
      await deleteFleet(ctx, params.id);
      return {};
    }),
  ),
  ...labelRoutes,
];
