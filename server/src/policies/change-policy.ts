import type { Policy } from '@flotilla/contract/policies';
import { closeFence as closeInventoryFence } from '../inventory/index.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { checkFields } from './check-fields.ts';
import { judgeHosts } from './judge-versions.ts';
import { readPolicy } from './list-policies.ts';
import { isAnotherQuestion, type PolicyFields } from './policy.ts';
import { announce, recordPolicyActivity } from './policy-activity.ts';
import { type ChangeBody, toFields } from './policy-input.ts';
import * as changes from './queries/changes.ts';
import { clearResults } from './queries/results.ts';
import { fleetsWith, permitScope, type ScopeId } from './reach.ts';
import { startInstallations } from './start-installations.ts';

interface Changing {
  scope: ScopeId;
  id: number;
  body: ChangeBody;
}

/**
 * Changes a policy. With another query, rule or platform its results start anew; all other changes leave them.
 * @throws AppError `validation_failed`, `conflict` for a name that is taken, `not_found`
 */
export async function changePolicy(ctx: Context, { scope, id, body }: Changing): Promise<{ policy: Policy }> {
  await permitScope(ctx, 'policies:write', scope);
  const changed = await inTransaction(ctx, async (tx) => {
    await changes.lockPolicies(tx);
    const [stored] = await changes.readStored(tx, [id]);
    if (!stored || stored.fleetId !== scope) throw notFound(`Policy ${id}`);
    const fields = toFields(stored.type, body, stored.fields);
    const libraries = fleetsWith(ctx, 'policies:write');
    await checkFields(tx, { id, fleetId: scope, fields, before: stored.fields, libraries });
    const isAnother = isAnotherQuestion(stored.fields, fields);
    const queued = await store(ctx, tx, { stored, fields, isAnother });
    await recordPolicyActivity(ctx, tx, { type: 'edited_policy', id, name: fields.name, fleetId: scope });
    return { isAboutQuestions: isAnother && stored.type === 'dynamic', queued };
  });
  await announce(ctx, changed);
  if (changed.queued.length > 0) ctx.nudges.send(changed.queued);
  return readPolicy(asSystem(ctx), id);
}

interface Storing {
  stored: changes.StoredPolicy;
  fields: PolicyFields;
  isAnother: boolean;
}

/** @returns the hosts that got something to install */
async function store(ctx: Context, tx: Tx, { stored: { id, type }, fields, isAnother }: Storing): Promise<number[]> {
  const at = ctx.clock();
  if (isAnother) await (type === 'version' ? closeInventoryFence(tx) : changes.closeFence(tx));
  await changes.updatePolicy(tx, id, { fields, isAnother, at });
  if (!isAnother) return [];
  await changes.noteGeneration(tx, { questions: type === 'dynamic' });
  if (type === 'dynamic') {
    await clearResults(tx, [id], at);
    return [];
  }
  return startInstallations(ctx, tx, await judgeHosts(tx, { policyIds: [id], hostIds: null, at, anew: true }));
}
