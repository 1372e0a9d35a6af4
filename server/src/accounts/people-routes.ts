import * as invites from '@flotilla/contract/invites';
import * as sessions from '@flotilla/contract/sessions';
import * as users from '@flotilla/contract/users';
import { readToken } from '../kernel/http/authenticate.ts';
import { serve } from '../kernel/http/handler.ts';
import { hashToken } from '../kernel/secrets.ts';
import { acceptInvite, readInvite } from './accept-invite.ts';
import { toUser } from './account.ts';
import { makeApiToken } from './api-token.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { editUser } from './edit-user.ts';
import { fleetLists, listUsers, readUser } from './list-users.ts';
import { createInvite, deleteInvite, editInvite, listInvites } from './manage-invites.ts';
import { endSession, endSessionsOf, listSessionsOf, readSession } from './manage-sessions.ts';

const userRoutes = [
  serve(users.listUsers, (ctx, { query }) => listUsers(ctx, query)),
  serve(users.createUser, async (ctx, { body }) => {
    const { account, token } = await createUser(ctx, body);
    return { user: toUser(account), ...(token !== null && { token }) };
  }),
  serve(users.acceptInvite, async (ctx, { body }, { request }) => ({
    user: toUser(await acceptInvite(ctx, body, request.ip)),
  })),
  serve(users.getUser, async (ctx, { params }) => {
    const account = await readUser(ctx, params.id);
    return { user: toUser(account), ...(await fleetLists(ctx, account)) };
  }),
  serve(users.editUser, async (ctx, { params, body }, { request }) => {
    const { token } = readToken(request);
    const session = token === null ? null : hashToken(token);
    const account = await editUser(ctx, params.id, { body, session });
    return { user: toUser(account), ...(await fleetLists(ctx, account)) };
  }),
  serve(users.deleteUser, async (ctx, { params }) => {
    await deleteUser(ctx, params.id);
    return {};
  }),
  serve(users.makeApiToken, async (ctx, { params }) => ({ token: await makeApiToken(ctx, params.id) })),
];

const inviteRoutes = [
  serve(invites.listInvites, async (ctx, { query }) => ({ invites: await listInvites(ctx, query) })),
  serve(invites.createInvite, (ctx, { body }) => createInvite(ctx, body)),
  serve(invites.editInvite, async (ctx, { params, body }) => ({ invite: await editInvite(ctx, params.id, body) })),
  serve(invites.deleteInvite, async (ctx, { params }) => {
    await deleteInvite(ctx, params.id);
    return {};
  }),
  serve(invites.getInvite, async (ctx, { params }, { request }) => ({
    invite: await readInvite(ctx, params.token, request.ip),
  })),
];

const sessionRoutes = [
  serve(sessions.getSession, (ctx, { params }) => readSession(ctx, params.id)),
  serve(sessions.deleteSession, async (ctx, { params }) => {
    await endSession(ctx, params.id);
    return {};
  }),
  serve(sessions.listUserSessions, async (ctx, { params }) => ({ sessions: await listSessionsOf(ctx, params.id) })),
  serve(sessions.deleteUserSessions, async (ctx, { params }) => {
    await endSessionsOf(ctx, params.id);
    return {};
  }),
];

/** People, programs, their invitations and their sessions. */
export const peopleRoutes = [...userRoutes, ...inviteRoutes, ...sessionRoutes];
