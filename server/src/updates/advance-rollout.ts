import { holdRolloutTasks, queueTasks } from '../installation/index.ts';
import type { Context } from '../kernel/context.ts';
import { ALL_FLEETS } from '../kernel/counters/spec.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { placeOfState, toFunnel } from './funnel.ts';
import { decideRing } from './gate.ts';
import { readVersions } from './queries/behind.ts';
import * as ringRows from './queries/rings.ts';
import { lockRollout, type RolloutRow, updateRollout } from './queries/rollouts.ts';
import { recordRolloutActivity } from './rollout-activity.ts';
import { isOlder } from './versions.ts';

/** Tasks made in one transaction. */
const FILL = 2_000;
const MOST_REASONS = 3;

interface Step {
  /** Whether there is more to do at once. */
  again: boolean;
  /** Hosts that got a task. */
  queued: number[];
}
const WAIT: Step = { again: false, queued: [] };
const AGAIN: Step = { again: true, queued: [] };

/** The rollout and the ring whose turn it is, both locked. */
interface Turn {
  rollout: RolloutRow;
  ring: ringRows.RingRow;
}

/**
 * Takes a running rollout as far as it goes: opens rings, makes their tasks, lets them pass or halts. Each step is one
 * transaction that leaves the rows so that the next one, in any process and after any crash, goes on from there.
 */
export async function advanceRollout(ctx: Context, id: number): Promise<void> {
  for (let again = true; again; ) {
    const step = await inTransaction(ctx, (tx) => takeStep(ctx, tx, id));
    if (step.queued.length > 0) ctx.nudges.send(step.queued);
    again = step.again;
  }
}

async function takeStep(ctx: Context, tx: Tx, id: number): Promise<Step> {
  const rollout = await lockRollout(tx, id);
  if (rollout?.state !== 'running') return WAIT;
  const ring = (await ringRows.lockRings(tx, id)).find((one) => one.state !== 'passed');
  if (!ring) return finish(ctx, tx, rollout);
  if (ring.state === 'waiting') return open(ctx, tx, { rollout, ring });
  if (ring.state !== 'open') return WAIT;
  return ring.filled_at === null ? fill(ctx, tx, { rollout, ring }) : decide(ctx, tx, { rollout, ring });
}

/** Hosts that have nothing older any more need no task. */
async function open(ctx: Context, tx: Tx, { rollout, ring }: Turn): Promise<Step> {
  const versions = await readVersions(tx, [rollout.title_id], ALL_FLEETS);
  const older = versions.filter((one) => isOlder(one, rollout)).map((one) => one.id);
  const already = await ringRows.markAlready(tx, ring, older);
  await ringRows.updateRing(tx, ring, { state: 'open', opened_at: ctx.clock(), already });
  return AGAIN;
}

async function fill(ctx: Context, tx: Tx, { rollout, ring }: Turn): Promise<Step> {
  const hostIds = await ringRows.findUnfilled(tx, ring, FILL);
  const { package_id: packageId, title_id: titleId } = rollout;
  const queued = await queueTasks(ctx, tx, {
    tasks: hostIds.map((hostId) => ({ hostId, kind: 'install', packageId, titleId, script: '' })),
    requester: { by: `rollout ${rollout.name}`, accountId: null, rollout: { id: rollout.id, ring: ring.no } },
  });
  if (hostIds.length < FILL) await ringRows.updateRing(tx, ring, { filled_at: ctx.clock() });
  return { again: true, queued: queued.map((one) => one.hostId) };
}

/** Counts in the transaction that decides: ends are final, so no count can say too much. */
async function decide(ctx: Context, tx: Tx, { rollout, ring }: Turn): Promise<Step> {
  const counts = (await ringRows.countTasks(tx, [rollout.id])).filter((one) => one.ring === ring.no);
  const funnel = toFunnel(ring, counts);
  switch (decideRing(rollout, funnel).outcome) {
    case 'wait':
      return WAIT;
    case 'pass':
      await ringRows.updateRing(tx, ring, { state: 'passed', passed_at: ctx.clock() });
      return AGAIN;
    case 'halt': {
      const reasons = await ringRows.readFailureReasons(tx, ring, MOST_REASONS);
      await halt(ctx, tx, { rollout, ring, reason: decideRing(rollout, funnel, reasons).words });
      return WAIT;
    }
  }
}

async function halt(ctx: Context, tx: Tx, { rollout, ring, reason }: Turn & { reason: string }): Promise<void> {
  await updateRollout(tx, rollout.id, { state: 'halted', reason });
  await ringRows.updateRing(tx, ring, { state: 'halted', reason });
  await holdRolloutTasks(tx, rollout.id, true);
  await recordRolloutActivity(ctx, tx, { type: 'halted_rollout', rollout, details: { ring: ring.no, reason } });
}

/** Rings that have passed may have hosts that are not through yet. */
async function finish(ctx: Context, tx: Tx, rollout: RolloutRow): Promise<Step> {
  const counts = await ringRows.countTasks(tx, [rollout.id]);
  const sum = (places: string[]) =>
    counts.reduce((total, { state, hosts }) => total + (places.includes(placeOfState[state]) ? hosts : 0), 0);
  if (sum(['queued', 'running', 'reported']) > 0) return WAIT;
  await updateRollout(tx, rollout.id, { state: 'done', ended_at: ctx.clock() });
  const details = { verified: sum(['verified']), failed: sum(['failed']), cancelled: sum(['cancelled']) };
  await recordRolloutActivity(ctx, tx, { type: 'finished_rollout', rollout, details });
  return WAIT;
}
