import type { Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import { keepActionsFresh } from './actions/keep-actions-fresh.ts';
import { wantTitles } from './actions/queries/wanting.ts';
import { createCountChanges } from './count-changes.ts';
import { refreshLabelExposure } from './due/internet-exposure.ts';
import { forgetFleet, forgetLabel } from './due/queries/rules.ts';
import { settleChanged, settleMoved } from './due/settle-due.ts';
import { followLabels, refuseExcepted } from './exceptions/follow-labels.ts';
import { followTitles, settleExceptions } from './exceptions/settle.ts';
import { notePoints } from './exposure/points.ts';
import { asChanges } from './move-hosts.ts';
import { startDelivering } from './news/deliver.ts';
import { forgetDeliveries } from './queries/deliveries.ts';
import { wantJudged } from './queries/judging.ts';
import { moveRisk } from './queries/risk.ts';
import { recountAll } from './recount.ts';
import { routes } from './routes.ts';
import { checkFindings } from './self-check/check-findings.ts';
import { updateDueFeeds } from './update-feeds.ts';

export { refreshActions } from './actions/refresh-actions.ts';
export { settleExceptions } from './exceptions/settle.ts';
export { foldVulnerabilityCounts, startFoldingVulnerabilities } from './fold-counts.ts';
export { type JudgingLoop, startJudging } from './judging-loop.ts';
export { packageIdentity } from './life/package-identity.ts';
export { judgeWanted } from './match-software.ts';
export { checkReceivers } from './news/check-receivers.ts';
export { readIndex } from './queries/judging.ts';
export { readCheck } from './queries/self-check.ts';
export { recountAll } from './recount.ts';
export { rejudge } from './rejudge.ts';
export { storeFeed } from './store-feed.ts';
export { updateFeeds } from './update-feeds.ts';

const KEPT_MS = 30 * 86_400_000;
const forget = async (ctx: Context) => void (await forgetDeliveries(ctx.db, new Date(ctx.clock().getTime() - KEPT_MS)));

/** `poke` says that there is software to judge. */
export function createVulnerabilities(poke: () => void): Domain {
  const countChanges = createCountChanges();
  const update = async (ctx: Context) => {
    if ((await updateDueFeeds(ctx)) > 0) poke();
  };
  const check = async (ctx: Context) => {
    if ((await checkFindings(ctx)) > 0) poke();
  };
  return {
    name: 'vulnerabilities',
    routes,
    transactionListeners: {
      softwareDiscovered: async (tx, ctx, { softwareIds }) => {
        await wantJudged(tx, softwareIds, { why: 'new', at: ctx.clock() });
      },
      hostInventoryChanged: async (tx, _ctx, { changes, at, isRemoval = false }) => {
        const carried = await countChanges(tx, changes, isRemoval ? 'host removed' : 'inventory');
        await settleChanged(tx, carried, { at, isRemoval });
      },
      fleetDeleting: async (tx, _ctx, { fleetId }) => void (await forgetFleet(tx, fleetId)),
      labelDeleting: async (tx, _ctx, payload) => {
        await refuseExcepted(tx, payload);
        await forgetLabel(tx, payload.labelId);
      },
      titlesMerged: async (tx, ctx, { titleIds }) => {
        await moveRisk(tx, titleIds);
        await followTitles(ctx, tx, titleIds);
        await wantTitles(tx, titleIds);
      },
      softwareMoved: async (tx, ctx, payload) => {
        await countChanges(tx, asChanges(payload), 'transfer');
        await settleMoved(tx, payload, ctx.clock());
      },
    },
    loops: [startDelivering, keepActionsFresh],
    listeners: {
      softwareDiscovered: async () => poke(),
      labelMembersChanged: (ctx, { hostIds }) => followLabels(ctx, hostIds),
      hostsMoved: (ctx, { moves }) =>
        followLabels(
          ctx,
          moves.map((move) => move.hostId),
        ),
    },
    schedules: [
      { name: 'settle-exceptions', cron: '* * * * *', run: settleExceptions },
      { name: 'forget-deliveries', cron: '17 4 * * *', run: forget },
      { name: 'refresh-label-exposure', cron: '* * * * *', run: refreshLabelExposure },
      { name: 'note-exposure', cron: '0 * * * *', run: notePoints },
      { name: 'update-feeds', cron: '* * * * *', run: update },
      { name: 'check-findings', cron: '23 2 * * *', run: check },
      { name: 'recount-vulnerabilities', cron: '41 3 * * *', run: async (ctx) => void (await recountAll(ctx)) },
    ],
  };
}
