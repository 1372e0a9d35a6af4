import * as contract from '@flotilla/contract/activities';
import { permit } from '../kernel/access.ts';
import { serve } from '../kernel/http/handler.ts';
import { listActivities, listHostActivities } from './list-activities.ts';
import { verifyChain } from './verify-chain.ts';

export const routes = [
  serve(contract.listActivities, (ctx, { query }) => listActivities(ctx, query)),
  serve(contract.hostActivities, (ctx, { params, query }) => listHostActivities(ctx, params.id, query)),
  serve(contract.verifyActivities, async (ctx) => {
    permit(ctx.actor, 'server:read');
    const { activities, brokenAt } = await verifyChain(ctx);
    return { activities, intact: brokenAt === null, broken_at: brokenAt };
  }),
];
