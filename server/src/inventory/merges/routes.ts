import * as contract from '@flotilla/contract/merges';
import { serve } from '../../kernel/http/handler.ts';
import { listMerges, mergeTitle, undoMerge } from './merge-titles.ts';

export const mergeRoutes = [
  serve(contract.titleMerges, (ctx, { params }) => listMerges(ctx, params.id)),
  serve(contract.mergeTitle, (ctx, { params, body }) => mergeTitle(ctx, params.id, body.into)),
  serve(contract.undoMerge, (ctx, { params }) => undoMerge(ctx, params.id)),
];
