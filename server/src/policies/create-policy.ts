import type { Policy } from '@flotilla/contract/policies';
import { closeFence as closeInventoryFence } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { checkFields } from './check-fields.ts';
import { judgeHosts } from './judge-versions.ts';
import { readPolicy } from './list-policies.ts';
import { announce, recordPolicyActivity } from './policy-activity.ts';
import { type CreateBody, toFields, typeOf } from './policy-input.ts';
import * as changes from './queries/changes.ts';
import { fleetsWith, permitScope, type ScopeId } from './reach.ts';
import { startInstallations } from './start-installations.ts';

/**
 * Makes a policy. One by version is judged at once on all hosts, one by SQL is asked at their next contact.
 * @throws AppError `validation_failed`, `conflict` for a name that is taken, `not_found` for an unknown fleet
 */
export async function createPolicy(
  ctx: Context,
  { scope, body }: { scope: ScopeId; body: CreateBody },
): Promise<{ policy: Policy }> {
  await permitScope(ctx, 'policies:write', scope);
  const type = typeOf(body);
  const fields = toFields(type, body);
  const { id, queued } = await inTransaction(ctx, async (tx) => {
    await changes.lockPolicies(tx);
    await checkFields(tx, { fleetId: scope, fields, libraries: fleetsWith(ctx, 'policies:write') });
    if (type === 'version') await closeInventoryFence(tx);
    const at = ctx.clock();
    const id = await changes.insertPolicy(tx, { fleetId: scope, type, fields, author: authorOf(ctx), at });
    await changes.noteGeneration(tx, { questions: type === 'dynamic' });
    const failing = type === 'version' ? await judgeHosts(tx, { policyIds: [id], hostIds: null, at }) : [];
    const queued = await startInstallations(ctx, tx, failing);
    await recordPolicyActivity(ctx, tx, { type: 'created_policy', id, name: fields.name, fleetId: scope });
    return { id, queued };
  });
  await announce(ctx, { isAboutQuestions: type === 'dynamic' });
  if (queued.length > 0) ctx.nudges.send(queued);
  return readPolicy({ ...ctx, actor: { kind: 'system' } }, id);
}

function authorOf({ actor }: Context): changes.Author {
  if (actor.kind === 'person') return { author_id: actor.id, author_name: actor.name, author_email: actor.email };
  return { author_id: null, author_name: 'Flotilla', author_email: '' };
}
