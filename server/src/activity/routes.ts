import * as contract from '@flotilla/contract/activities';
import { serve } from '../kernel/http/handler.ts';
import { listActivities, listHostActivities } from './list-activities.ts';

export const routes = [
  serve(contract.listActivities, (ctx, { query }) => listActivities(ctx, query)),
  serve(contract.hostActivities, (ctx, { params, query }) => listHostActivities(ctx, params.id, query)),
];
