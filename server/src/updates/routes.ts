import * as actions from '@flotilla/contract/actions';
import * as contract from '@flotilla/contract/updates';
import { serve } from '../kernel/http/handler.ts';
import { listActions } from './actions/list-actions.ts';
import { listBehindAction, readAction } from './actions/read-action.ts';
import { abortRollout, pauseRollout, resumeRollout } from './control-rollout.ts';
import { createRollout } from './create-rollout.ts';
import { listBehind } from './list-behind.ts';
import { listRolloutHosts, listRollouts, readRollout } from './list-rollouts.ts';
import { preview } from './plan-rollout.ts';
import { proposeUpdates } from './propose-updates.ts';

export const routes = [
  serve(actions.listActions, (ctx, { query }) => listActions(ctx, query)),
  serve(actions.getAction, (ctx, { params, query }) => readAction(ctx, params.id, query)),
  serve(actions.actionVulnerabilities, (ctx, { params, query }) => listBehindAction(ctx, params.id, query)),
  serve(contract.listBehind, (ctx, { query }) => listBehind(ctx, query)),
  serve(contract.vulnerabilityUpdates, (ctx, { params, query }) => proposeUpdates(ctx, params.cve, query)),
  serve(contract.listRollouts, (ctx, { query }) => listRollouts(ctx, query)),
  serve(contract.previewRollout, (ctx, { body }) => preview(ctx, body)),
  serve(contract.createRollout, (ctx, { body }) => createRollout(ctx, body)),
  serve(contract.getRollout, (ctx, { params }) => readRollout(ctx, params.id)),
  serve(contract.rolloutHosts, (ctx, { params, query }) => listRolloutHosts(ctx, params.id, query)),
  serve(contract.pauseRollout, (ctx, { params, body }) => pauseRollout(ctx, { id: params.id, ...body })),
  serve(contract.resumeRollout, (ctx, { params, body }) => resumeRollout(ctx, { id: params.id, ...body })),
  serve(contract.abortRollout, (ctx, { params, body }) => abortRollout(ctx, { id: params.id, ...body })),
];
