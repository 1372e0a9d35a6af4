import type { Context } from '../../kernel/context.ts';
import { collectDeltas } from '../../kernel/counters/deltas.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { conflict } from '../../kernel/errors.ts';
import { NOTHING_CARRIED, vulnerabilitiesOf } from '../carried.ts';
import { addDifference } from '../count-changes.ts';
import { type CarriedOnHost, settleChanged } from '../due/settle-due.ts';
import { readCarried, readNamed } from '../queries/carried.ts';
import * as queries from '../queries/exceptions.ts';
import { appendDeltas } from '../queries/publishing.ts';

/** Hosts taken at once. */
const CHUNK = 500;

/** Hosts came to labels or left them: where an exception goes by one of these, what counts on the hosts follows, exactly. */
export async function followLabels(ctx: Context, hostIds?: number[]): Promise<void> {
  if (!(await queries.followsLabels(ctx.db))) return;
  for (;;) {
    const strayed = await queries.findStrayed(ctx.db, CHUNK, hostIds);
    if (strayed.length === 0) return;
    await inTransaction(ctx, (tx) => takeOver(ctx, tx, strayed));
  }
}

/** @throws AppError `conflict` while an exception goes by the label */
export async function refuseExcepted(tx: Tx, { labelId, name }: { labelId: number; name: string }): Promise<void> {
  const id = await queries.findByLabel(tx, labelId);
  if (id !== null) throw conflict('base', `Exception ${id} is for hosts with the label "${name}": end it first`);
}

async function takeOver(ctx: Context, tx: Tx, hostIds: number[]): Promise<void> {
  await ctx.events.inTransaction(tx, ctx, { name: 'hostsChanging', payload: {} });
  const hosts = await queries.lockHosts(tx, hostIds);
  const carried = await readCarried(tx, [...new Set(hosts.flatMap((host) => host.software_ids))]);
  const before = await readNamed(tx, hostIds);
  await queries.followLabels(tx, hostIds);
  const after = await readNamed(tx, hostIds);
  const deltas = collectDeltas();
  const moved: CarriedOnHost[] = [];
  for (const { id, fleet_id, software_ids } of hosts) {
    const own = software_ids.map((one) => carried.get(one) ?? NOTHING_CARRIED);
    const on = (named: Map<number, Set<number>>) =>
      vulnerabilitiesOf(own, { fleetId: fleet_id, exceptionIds: named.get(id) ?? new Set() });
    const [had, has] = [on(before), on(after)];
    addDifference(deltas, fleet_id, { before: had, after: has });
    moved.push({ hostId: id, before: had.open, after: has.open });
  }
  await appendDeltas(tx, deltas.rows('label'));
  await settleChanged(tx, moved, { at: ctx.clock() });
}
