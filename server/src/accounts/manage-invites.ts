import type {
  createInvite as createRoute,
  editInvite as editRoute,
  Invite,
  listInvites as listRoute,
} from '@flotilla/contract/invites';
import type { BodyOf, QueryOf } from '@flotilla/contract/route';
import { recordActivity } from '../activity/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { readServerSettings } from '../kernel/server-settings.ts';
import { emailKey } from './account.ts';
import { refuseOtherSignIns, refuseTaken, requireName } from './create-user.ts';
import { type InviteRow, invitedAccount, toInvites } from './invite.ts';
import { permitGiving, permitManaging } from './manage.ts';
import { lockAccounts } from './queries/accounts.ts';
import {
  deleteInvite as deleteRow,
  findInvite,
  hasInviteTo,
  insertInvite,
  readInvites,
  updateInvite,
} from './queries/invites.ts';
import { readRoles, requireRoles } from './roles.ts';

const LIFETIME = 5 * 86_400_000;
const PAGE = 20;

/** Invitations that nobody took yet. */
export async function listInvites(ctx: Context, query: QueryOf<typeof listRoute>): Promise<Invite[]> {
  const fleets = permitSome(ctx.actor, 'people:write');
  const limit = query.per_page ?? PAGE;
  const rows = await readInvites(ctx.db, {
    fleetIds: fleets === 'all' ? null : fleets,
    query: query.query?.trim() || null,
    order: query.order_key ?? 'id',
    descending: query.order_direction === 'desc',
    offset: (query.page ?? 0) * limit,
    limit,
    now: ctx.clock(),
  });
  return toInvites(ctx, rows);
}

/** Invites somebody to make an account. @returns the link; it is not shown again */
export async function createInvite(
  ctx: Context,
  body: BodyOf<typeof createRoute>,
): Promise<{ invite: Invite; token: string; url: string }> {
  const { actor } = ctx;
  permitSome(actor, 'people:write');
  const roles = await requireRoles(ctx.db, body);
  permitGiving(actor, roles);
  refuseOtherSignIns(body);
  const { serverUrl } = await readServerSettings(ctx);
  const token = newToken();
  const now = ctx.clock();
  const row = await inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    await refuseTaken(tx, body.email, null);
    await refuseInvitedElsewhere(ctx, tx, body.email);
    const id = await insertInvite(tx, {
      token_hash: hashToken(token),
      email: body.email.trim(),
      email_key: emailKey(body.email),
      name: requireName(body.name),
      global_role: roles.global,
      fleets: JSON.stringify(roles.fleets),
      invited_by: actor.kind === 'person' ? actor.id : null,
      created_at: now,
      updated_at: now,
      expires_at: new Date(now.getTime() + LIFETIME),
    });
    await recordInvite(ctx, tx, { type: 'created_invite', email: body.email });
    return requireInvite(ctx, tx, id);
  });
  const [invite] = await toInvites(ctx, [row]);
  if (!invite) throw new Error('one row makes one invitation');
  return { invite, token, url: `${serverUrl}/login/invites#${token}` };
}

/** Changes an invitation; its link stays. */
export async function editInvite(ctx: Context, id: number, body: BodyOf<typeof editRoute>): Promise<Invite> {
  permitSome(ctx.actor, 'people:write');
  refuseOtherSignIns(body);
  const row = await inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    const before = await requireInvite(ctx, tx, id);
    const roles = await readRoles(tx, body);
    if (roles) permitGiving(ctx.actor, roles);
    const email = body.email?.trim() ?? before.email;
    await refuseTaken(tx, email, null);
    if (await hasInviteTo(tx, emailKey(email), id)) throw conflict('email', 'This address is invited already');
    await updateInvite(tx, id, {
      email,
      email_key: emailKey(email),
      name: body.name === undefined ? before.name : requireName(body.name),
      global_role: roles ? roles.global : before.global_role,
      fleets: JSON.stringify(roles ? roles.fleets : before.fleets),
      updated_at: ctx.clock(),
    });
    await recordInvite(ctx, tx, { type: 'edited_invite', email });
    return requireInvite(ctx, tx, id);
  });
  const [invite] = await toInvites(ctx, [row]);
  if (!invite) throw new Error('one row makes one invitation');
  return invite;
}

export async function deleteInvite(ctx: Context, id: number): Promise<void> {
  permitSome(ctx.actor, 'people:write');
  await inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    const row = await requireInvite(ctx, tx, id);
    await deleteRow(tx, id);
    await recordInvite(ctx, tx, { type: 'deleted_invite', email: row.email });
  });
}

async function requireInvite(ctx: Context, tx: Tx, id: number): Promise<InviteRow> {
  const row = await findInvite(tx, id, ctx.clock());
  if (!row) throw notFound(`Invite ${id}`);
  permitManaging(ctx.actor, invitedAccount(row), `Invite ${id}`);
  return row;
}

/** A new invitation replaces an older one, unless that one is not the actor's to end. */
async function refuseInvitedElsewhere(ctx: Context, tx: Tx, email: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === 'person' && actor.role === null && (await hasInviteTo(tx, emailKey(email), 0))) {
    throw conflict('email', 'This address is invited already');
  }
}

const recordInvite = (ctx: Context, tx: Tx, { type, email }: { type: string; email: string }) =>
  recordActivity(ctx, tx, { type, details: { email } });
