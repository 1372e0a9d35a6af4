import { recordActivity } from '../activity/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { invalid } from '../kernel/errors.ts';
import { nameOf } from './account.ts';
import { findManaged } from './delete-user.ts';
import { startApiToken } from './sessions.ts';

/** Gives a program a new token; the one before ends. @returns the token; it is not shown again */
export async function makeApiToken(ctx: Context, id: number): Promise<string> {
  permitSome(ctx.actor, 'people:write');
  return inTransaction(ctx, async (tx) => {
    const account = await findManaged(ctx, tx, id);
    if (!account.apiOnly) throw invalid('id', `${account.name} is a person: only programs have tokens of their own`);
    const token = await startApiToken(ctx, tx, id);
    await recordActivity(ctx, tx, { type: 'made_api_token', details: nameOf(account) });
    return token;
  });
}
