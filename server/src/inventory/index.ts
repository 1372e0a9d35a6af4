import { deliverMobileDevice as deliverRoute } from '@flotilla/contract/mobile-devices';
import type { Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import { serve } from '../kernel/http/handler.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { foldChanges, forgetOldChanges } from './comparison/fold-changes.ts';
import { comparisonRoutes } from './comparison/routes.ts';
import { deliverMobileDevice } from './deliver-mobile-device.ts';
import { createLifecycles } from './end-of-life/attach-lifecycles.ts';
import { endOfLifeRoutes } from './end-of-life/routes.ts';
import { exportRoutes } from './exports/routes.ts';
import { mergeRoutes } from './merges/routes.ts';
import { createHostMoves } from './move-hosts.ts';
import { keepMonths } from './past-months.ts';
import { recordExtras } from './record-extras.ts';
import { createSoftwareRecorder } from './record-software.ts';
import { checkSample, recount, recountTotals } from './recount.ts';
import { routes } from './routes.ts';
import { inventoryQueries } from './sources.ts';

export { type Catalogue, createCatalogue, ensureTitle } from './catalogue.ts';
export { storeLifecycles } from './end-of-life/store-lifecycles.ts';
export type { HostChange } from './events.ts';
export { foldCounts, startFolding } from './fold-counts.ts';
export { listTitlesOnHost, readHostDetail, readSoftwareRows, type TitleOnHost } from './host-software.ts';
export { pageMeta, readPage, readRisk } from './list-query.ts';
export { listTitles, readTitle } from './list-software.ts';
export { keepMonths } from './past-months.ts';
export { type HostSet, readFoldTime, readHostSets } from './queries/counts.ts';
export { closeFence } from './queries/host-software.ts';
export { checkSample, recount, recountTotals } from './recount.ts';
export { software } from './software.ts';
export { detailsLink } from './software-answer.ts';

/** `system` is what batches run with: they hold answers of many hosts. */
export function createInventory(system: Context, catalogue: Catalogue = createCatalogue()): Domain {
  const recorder = createSoftwareRecorder(system, catalogue);
  const deliver = serve(deliverRoute, (ctx, { params, body }) =>
    deliverMobileDevice(ctx, recorder, { identifier: params.identifier, body }),
  );
  const lifecycles = createLifecycles();
  return {
    name: 'inventory',
    routes: [...routes, ...comparisonRoutes, ...endOfLifeRoutes, ...exportRoutes, ...mergeRoutes, deliver],
    hostQueries: inventoryQueries,
    async receiveAnswers(ctx, answers) {
      await recorder.record(ctx, answers);
      await recordExtras(ctx, answers);
    },
    transactionListeners: createHostMoves(catalogue),
    listeners: { softwareDiscovered: (ctx, { softwareIds }) => lifecycles.attachNew(ctx, softwareIds) },
    schedules: [
      { name: 'check-counts', cron: '* * * * *', run: async (ctx) => void (await checkSample(ctx)) },
      { name: 'recount', cron: '23 3 * * *', run: (ctx) => recountAll(ctx, catalogue) },
      { name: 'fold-changes', cron: '* * * * *', run: foldChanges },
      { name: 'forget-changes', cron: '17 0 * * *', run: async (ctx) => void (await forgetOldChanges(ctx)) },
      { name: 'keep-months', cron: '11 0 * * *', run: keepMonths },
      { name: 'find-lifecycles', cron: '41 2 * * *', run: async (ctx) => void (await lifecycles.attachAll(ctx)) },
    ],
  };
}

async function recountAll(ctx: Context, catalogue: Catalogue): Promise<void> {
  await recount(ctx, catalogue);
  await recountTotals(ctx);
}
