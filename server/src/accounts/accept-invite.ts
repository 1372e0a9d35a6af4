import type { Invite } from '@flotilla/contract/invites';
import type { BodyOf } from '@flotilla/contract/route';
import type { acceptInvite as acceptRoute } from '@flotilla/contract/users';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { hashToken } from '../kernel/secrets.ts';
import { type Account, emailKey } from './account.ts';
import { addAccount } from './create-user.ts';
import { type InviteRow, rolesOf, toInvites } from './invite.ts';
import { hashPassword, requirePassword } from './password.ts';
import { lockAccounts } from './queries/accounts.ts';
import { deleteInvite, findInviteByToken } from './queries/invites.ts';
import { requireRoles } from './roles.ts';
import { limitFailures, type Peer } from './sign-in-limits.ts';

/** What an invitation offers, for whoever holds its token. */
export async function readInvite(ctx: Context, token: string, peer: Peer): Promise<Invite> {
  const [invite] = await toInvites(ctx, [await findOffered(ctx, token, peer)]);
  if (!invite) throw unknownInvite();
  return invite;
}

/** Makes the account that an invitation offers; it works once. */
export async function acceptInvite(ctx: Context, body: BodyOf<typeof acceptRoute>, peer: Peer): Promise<Account> {
  const offered = await findOffered(ctx, body.invite_token, peer);
  requirePassword('password', body.password);
  if (body.password_confirmation !== body.password) {
    throw invalid('password_confirmation', 'must equal the password');
  }
  if (body.email !== undefined && emailKey(body.email) !== emailKey(offered.email)) {
    throw invalid('email', 'must be the address that was invited');
  }
  const passwordHash = await hashPassword(body.password);
  return inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    const row = await findInviteByToken(tx, hashToken(body.invite_token), ctx.clock());
    if (!row) throw unknownInvite();
    const { global, fleets } = rolesOf(row);
    const roles = await requireRoles(tx, { global_role: global, fleets: [...fleets] });
    await deleteInvite(tx, row.id);
    return addAccount(ctx, tx, {
      name: body.name,
      email: row.email,
      passwordHash,
      apiOnly: false,
      mustResetPassword: false,
      roles,
    });
  });
}

const findOffered = (ctx: Context, token: string, peer: Peer): Promise<InviteRow> =>
  limitFailures(ctx, { peer, email: null }, async () => {
    const row = await findInviteByToken(ctx.db, hashToken(token), ctx.clock());
    if (!row) throw unknownInvite();
    return row;
  });

const unknownInvite = () =>
  new AppError('not_found', {
    name: 'invite_token',
    reason: 'This invitation was used, taken back or is too old: ask for a new one',
  });
