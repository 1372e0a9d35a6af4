import { dataHealth } from '@flotilla/contract/data-health';
import {
  listDeliveries as listDeliveriesRoute,
  testDeliveries as testDeliveriesRoute,
} from '@flotilla/contract/deliveries';
import { explainVulnerability as explainRoute } from '@flotilla/contract/explanation';
import { exportVulnerabilities as exportRoute } from '@flotilla/contract/exports';
import {
  acceptFeed as acceptFeedRoute,
  listFeeds as listFeedsRoute,
  updateFeeds as updateFeedsRoute,
} from '@flotilla/contract/feeds';
import { closedFindings } from '@flotilla/contract/finding-life';
import * as contract from '@flotilla/contract/vulnerabilities';
import { sendExport } from '../kernel/http/exports.ts';
import { serve } from '../kernel/http/handler.ts';
import { readDecision } from './decide.ts';
import { dueRoutes } from './due/routes.ts';
import { exceptionRoutes } from './exceptions/routes.ts';
import { explainVulnerability } from './explain/explain-vulnerability.ts';
import { exportVulnerabilities } from './export-vulnerabilities.ts';
import { readDataHealth } from './health/read-data-health.ts';
import { listClosed } from './life/list-closed.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listFeeds } from './list-feeds.ts';
import { listFindingsOf, listFindingsOn, listVulnerabilities, readVulnerability } from './list-vulnerabilities.ts';
import { testDeliveries } from './news/test-delivery.ts';
import { acceptFeed } from './renewal/accept-feed.ts';
import { updateFeeds } from './update-feeds.ts';
import { vexRoutes } from './vex/routes.ts';

export const routes = [
  ...dueRoutes,
  ...exceptionRoutes,
  ...vexRoutes,
  serve(contract.listVulnerabilities, (ctx, { query }) => listVulnerabilities(ctx, query)),
  serve(contract.getVulnerability, async (ctx, { params, query }, { reply }) => {
    const found = await readVulnerability(ctx, params.cve, query);
    // Known, and nothing here has it: the contract answers without a body.
    if (!found) reply.code(204);
    return found as NonNullable<typeof found>;
  }),
  serve(contract.vulnerabilityDecision, (ctx, { params, query }) => readDecision(ctx, params.cve, query)),
  serve(dataHealth, (ctx, { query }) => readDataHealth(ctx, query)),
  serve(contract.vulnerabilityFindings, (ctx, { params, query }) => listFindingsOf(ctx, params.cve, query)),
  serve(explainRoute, (ctx, { params, query }) => explainVulnerability(ctx, params.cve, query)),
  serve(contract.hostFindings, (ctx, { params, query }) => listFindingsOn(ctx, params.id, query)),
  serve(closedFindings, (ctx, { params, query }) => listClosed(ctx, params.id, query)),
  serve(exportRoute, (ctx, { query }, exchange) => sendExport(exchange, ctx, exportVulnerabilities(ctx, query))),
  serve(listDeliveriesRoute, (ctx, { query }) => listDeliveries(ctx, query)),
  serve(testDeliveriesRoute, (ctx) => testDeliveries(ctx)),
  serve(listFeedsRoute, (ctx) => listFeeds(ctx)),
  serve(updateFeedsRoute, async (ctx) => {
    await updateFeeds(ctx);
    return listFeeds(ctx);
  }),
  serve(acceptFeedRoute, (ctx, { params }) => acceptFeed(ctx, params.name)),
];
