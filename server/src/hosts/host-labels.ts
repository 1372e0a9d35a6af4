import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { invalid, notFound } from '../kernel/errors.ts';
import { permitHost } from './permit-host.ts';
import { lockForChange } from './queries/change.ts';
import { addMember, removeMember } from './queries/label-changes.ts';
import { findLabelByName, type LabelRow } from './queries/labels.ts';

interface Change {
  hostId: number;
  names: string[];
}

/** Puts manual labels on a host. @throws AppError `not_found` for the host, `validation_failed` for a label that is no manual one */
export const addLabels = (ctx: Context, change: Change): Promise<void> =>
  changeLabels(ctx, change, (tx, labelId) => addMember(tx, { labelId, hostId: change.hostId, at: ctx.clock() }));

/** Takes manual labels off a host. */
export const removeLabels = (ctx: Context, change: Change): Promise<void> =>
  changeLabels(ctx, change, (tx, labelId) => removeMember(tx, { labelId, hostId: change.hostId }));

async function changeLabels(
  ctx: Context,
  { hostId, names }: Change,
  write: (tx: Tx, labelId: number) => Promise<unknown>,
): Promise<void> {
  await permitHost(ctx, 'hosts:write', hostId);
  await inTransaction(ctx, async (tx) => {
    const [host] = await lockForChange(tx, [hostId]);
    if (!host) throw notFound(`Host ${hostId}`);
    for (const name of new Set(names)) {
      const label = await findLabelByName(tx, name);
      refuseOther(label, { name, fleetId: host.fleetId });
      await write(tx, label.id);
      const details = {
        label_id: label.id,
        label_name: label.name,
        host_id: hostId,
        host_display_name: host.displayName,
      };
      await recordActivity(ctx, tx, { type: 'edited_host_labels', details, hostId });
    }
  });
  await ctx.events.afterCommit(ctx, { name: 'labelMembersChanged', payload: { hostIds: [hostId] } });
}

function refuseOther(
  label: LabelRow | null,
  { name, fleetId }: { name: string; fleetId: number | null },
): asserts label {
  if (!label || (label.fleet_id !== null && label.fleet_id !== (fleetId ?? 0))) {
    throw invalid('labels', `There is no label "${name}" for this host`);
  }
  if (label.kind !== 'manual')
    throw invalid('labels', `"${name}" finds its hosts itself: only manual labels are put on hosts`);
}
