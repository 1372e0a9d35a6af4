import * as contract from '@flotilla/contract/fleets';
import { getFleet } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { serve } from '../kernel/http/handler.ts';
import { toUser } from './account.ts';
import { listFleetUsers, removeFleetUsers, setFleetUsers } from './fleet-users.ts';

async function answer(ctx: Context, fleetId: number) {
  const fleet = await getFleet(ctx, fleetId);
  return { team: fleet, fleet };
}

/** The people of a fleet, under both names of fleets. */
export const fleetUserRoutes = [contract, contract.olderFleetRoutes].flatMap((of) => [
  serve(of.fleetUsers, async (ctx, { params }) => ({ users: (await listFleetUsers(ctx, params.id)).map(toUser) })),
  serve(of.setFleetUsers, async (ctx, { params, body }) => {
    await setFleetUsers(ctx, params.id, body.users);
    return answer(ctx, params.id);
  }),
  serve(of.removeFleetUsers, async (ctx, { params, body }) => {
    await removeFleetUsers(
      ctx,
      params.id,
      body.users.map(({ id }) => id),
    );
    return answer(ctx, params.id);
  }),
]);
