import * as contract from '@flotilla/contract/labels';
import { serve } from '../kernel/http/handler.ts';
import { applyLabelSpecs, changeLabel, createLabel, deleteLabel } from './change-labels.ts';
import { addLabels, removeLabels } from './host-labels.ts';
import { getLabel, listLabels, readLabelSpecs, summariseLabels } from './list-labels.ts';

export const labelRoutes = [
  serve(contract.listLabels, async (ctx, { query }) => ({ labels: await listLabels(ctx, query) })),
  serve(contract.labelSummary, async (ctx, { query }) => ({ labels: await summariseLabels(ctx, query) })),
  serve(contract.getLabel, async (ctx, { params }) => ({ label: await getLabel(ctx, params.id) })),
  serve(contract.createLabel, async (ctx, { body }) => ({ label: await createLabel(ctx, body) })),
  serve(contract.changeLabel, async (ctx, { params, body }) => ({ label: await changeLabel(ctx, params.id, body) })),
  serve(contract.deleteLabel, async (ctx, { params }) => {
    await deleteLabel(ctx, params);
    return {};
  }),
  serve(contract.deleteLabelById, async (ctx, { params }) => {
    await deleteLabel(ctx, params);
    return {};
  }),
  serve(contract.readLabelSpecs, async (ctx, { query }) => ({ specs: await readLabelSpecs(ctx, query) })),
  serve(contract.applyLabelSpecs, async (ctx, { body }) => {
    await applyLabelSpecs(ctx, body);
    return {};
  }),
  serve(contract.addHostLabels, async (ctx, { params, body }) => {
    await addLabels(ctx, { hostId: params.id, names: body.labels });
    return {};
  }),
  serve(contract.removeHostLabels, async (ctx, { params, body }) => {
    await removeLabels(ctx, { hostId: params.id, names: body.labels });
    return {};
  }),
];
