import { closeFence as closeInventoryFence } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import type { EventMap } from '../kernel/events.ts';
import { announce, recordPolicyActivity } from './policy-activity.ts';
import * as changes from './queries/changes.ts';
import { clearResults } from './queries/results.ts';
import { permitScope, type ScopeId } from './reach.ts';

/**
 * Deletes policies with their results: all of them or none. What they queued goes on.
 * @throws AppError `not_found` when one of them does not belong there
 */
export async function deletePolicies(
  ctx: Context,
  { scope, ids }: { scope: ScopeId; ids: number[] },
): Promise<{ deleted: number[] }> {
  await permitScope(ctx, 'policies:write', scope);
  const deleted = await inTransaction(ctx, async (tx) => {
    await changes.lockPolicies(tx);
    const stored = (await changes.readStored(tx, ids)).filter((policy) => policy.fleetId === scope);
    const missing = ids.find((id) => !stored.some((policy) => policy.id === id));
    if (missing !== undefined) throw notFound(`Policy ${missing}`);
    if (stored.some((policy) => policy.type === 'version')) await closeInventoryFence(tx);
    if (stored.some((policy) => policy.type === 'dynamic')) await changes.closeFence(tx);
    const known = stored.map((policy) => policy.id);
    await clearResults(tx, known, ctx.clock());
    await changes.deletePolicies(tx, known);
    // Nobody has to be asked anew about what is left.
    await changes.noteGeneration(tx, { questions: false });
    for (const { id, fields } of stored) {
      await recordPolicyActivity(ctx, tx, { type: 'deleted_policy', id, name: fields.name, fleetId: scope });
    }
    return known;
  });
  await announce(ctx, { isAboutQuestions: false });
  return { deleted };
}

/** A policy that installs a title keeps the last package of it in the library. */
export async function refuseLastPackage(
  tx: Tx,
  _ctx: Context,
  { titleId, isLast }: EventMap['packagesDeleting'],
): Promise<void> {
  if (!isLast) return;
  // Nobody makes such a policy until the package is gone.
  await changes.keepPolicies(tx);
  const [user] = await changes.findInstalling(tx, titleId);
  if (user) throw conflict('base', `Policy ${user.name} installs it: change or delete the policy first`);
}
