import type { Fleet } from '@flotilla/contract/fleets';
import * as contract from '@flotilla/contract/fleets';
import type { Route } from '@flotilla/contract/route';
import { type Handler, serve } from '../kernel/http/handler.ts';
import { applyFleetSpecs, changeFleet, createFleet } from './change-fleets.ts';
import { listEnrolSecrets, listFleetSecrets, setEnrolSecrets } from './enrol-secrets.ts';
import { getFleet, listFleets } from './list-fleets.ts';

const both = (fleet: Fleet) => ({ team: fleet, fleet });

/** Served under two names. */
function routesOf(of: Omit<typeof contract.olderFleetRoutes, 'getTeam'>): Handler<Route>[] {
  return [
    serve(of.listFleets, async (ctx, { query }) => {
      const fleets = await listFleets(ctx, query);
      return { fleets, teams: fleets };
    }),
    serve(of.getFleet, async (ctx, { params }) => both(await getFleet(ctx, params.id))),
    serve(of.createFleet, async (ctx, { body }) => both(await createFleet(ctx, body))),
    serve(of.changeFleet, async (ctx, { params, body }) => both(await changeFleet(ctx, params.id, body))),
    serve(of.setAgentOptions, async (ctx, { params, body }) =>
      both(await changeFleet(ctx, params.id, { agent_options: body })),
    ),
    serve(of.fleetSecrets, async (ctx, { params }) => ({ secrets: await listFleetSecrets(ctx, params.id) })),
    serve(of.setFleetSecrets, async (ctx, { params, body }) => {
      await setEnrolSecrets(ctx, params.id, body.secrets ?? []);
      return { secrets: await listFleetSecrets(ctx, params.id) };
    }),
    serve(of.applyFleetSpecs, async (ctx, { body }) => {
      const ids = await applyFleetSpecs(ctx, body.specs);
      return { fleet_ids_by_name: ids, team_ids_by_name: ids };
    }),
  ];
}

export const routes = [
  ...routesOf(contract),
  ...routesOf(contract.olderFleetRoutes),
  serve(contract.olderFleetRoutes.getTeam, async (ctx, { params }) => both(await getFleet(ctx, params.id))),
  serve(contract.enrollSecrets, async (ctx) => ({ spec: { secrets: await listEnrolSecrets(ctx) } })),
  serve(contract.setEnrollSecrets, async (ctx, { body }) => {
    await setEnrolSecrets(ctx, null, body.spec.secrets);
    return {};
  }),
];
