import type { Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import type { HostQuery } from '../kernel/host-queries.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { keepMonths } from './past-months.ts';
import { createSoftwareRecorder } from './record-software.ts';
import { checkSample, recount, recountTotals } from './recount.ts';
import { routes } from './routes.ts';
import { allSources } from './sources.ts';

export { type Catalogue, createCatalogue, ensureTitle } from './catalogue.ts';
export type { HostChange } from './events.ts';
export { foldCounts, startFolding } from './fold-counts.ts';
export { listTitlesOnHost, readHostDetail, type TitleOnHost } from './host-software.ts';
export { detailsLink, listTitles, pageMeta, readTitle } from './list-software.ts';
export { keepMonths } from './past-months.ts';
export { readFoldTime } from './queries/counts.ts';
export { closeFence } from './queries/host-software.ts';
export { checkSample, recount, recountTotals } from './recount.ts';
export { software } from './software.ts';

const hostQueries: HostQuery[] = allSources.map(({ queryName, platforms, query, weight }) => ({
  name: queryName,
  platforms,
  sql: query,
  weight,
}));

/** `system` is what batches run with: they hold answers of many hosts. */
export function createInventory(system: Context, catalogue: Catalogue = createCatalogue()): Domain {
  const recorder = createSoftwareRecorder(system, catalogue);
  return {
    name: 'inventory',
    routes,
    hostQueries,
    receiveAnswers: recorder.record,
    schedules: [
      { name: 'check-counts', cron: '* * * * *', run: async (ctx) => void (await checkSample(ctx)) },
      { name: 'recount', cron: '23 3 * * *', run: (ctx) => recountAll(ctx, catalogue) },
      { name: 'keep-months', cron: '11 0 * * *', run: keepMonths },
    ],
  };
}

async function recountAll(ctx: Context, catalogue: Catalogue): Promise<void> {
  await recount(ctx, catalogue);
  await recountTotals(ctx);
}
