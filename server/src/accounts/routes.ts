import { login, logout, me, setup, setupState } from '@flotilla/contract/accounts';
import * as passwords from '@flotilla/contract/passwords';
import { listEnrolSecrets } from '../fleets/index.ts';
import { permissionsOf } from '../kernel/access.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { cookieName, readToken } from '../kernel/http/authenticate.ts';
import { type Exchange, serve } from '../kernel/http/handler.ts';
import { hashToken } from '../kernel/secrets.ts';
import { readServerSettings } from '../kernel/server-settings.ts';
import { type Account, toUser } from './account.ts';
import { changePassword, performRequiredReset, requireReset } from './change-password.ts';
import { fleetUserRoutes } from './fleet-users-routes.ts';
import { fleetLists } from './list-users.ts';
import { isLocalRequest } from './local-request.ts';
import { peopleRoutes } from './people-routes.ts';
import { forgetPassword, makePasswordReset, resetPassword } from './reset-password.ts';
import { findAccount } from './sessions.ts';
import { isSetUpNeeded, setUp } from './set-up.ts';
import { signIn, signOut } from './sign-in.ts';

/** As long as a session can live. */
const COOKIE_SECONDS = 30 * 86_400;

const signInRoutes = [
  serve(setupState, async (ctx) => ({ needed: await isSetUpNeeded(ctx) })),

  serve(setup, async (ctx, { body }, exchange) => {
    const { request } = exchange;
    const proof = { token: readToken(request).token, isLocal: isLocalRequest(request), peer: request.ip };
    const { account, token } = await setUp(ctx, body, proof);
    keepCookie(exchange, token);
    const [secret] = await listEnrolSecrets(asSystem(ctx));
    return {
      admin: toUser(account),
      org_info: { org_name: body.org_info.org_name, org_logo_url: body.org_info.org_logo_url ?? '' },
      server_url: (await readServerSettings(ctx)).serverUrl,
      osquery_enroll_secret: secret?.secret ?? '',
      token,
    };
  }),

  serve(login, async (ctx, { body }, exchange) => {
    const before = readToken(exchange.request);
    const { account, token } = await signIn(ctx, body, exchange.request.ip);
    // The browser forgets the session before, so that nobody else can go on with it.
    if (before.byCookie && before.token) await signOut(ctx, before.token);
    keepCookie(exchange, token);
    return { user: toUser(account), token, ...(await fleetLists(ctx, account)) };
  }),

  serve(logout, async (ctx, _input, { request, reply }) => {
    const { token } = readToken(request);
    if (token) await signOut(ctx, token);
    reply.clearCookie(cookieName(request.protocol === 'https'), { path: '/' });
    return {};
  }),

  serve(me, async (ctx, { query }, { request }) => {
    const account = await currentAccount(ctx, readToken(request).token);
    return {
      user: toUser(account),
      permissions: permissionsOfAccount(account),
      ...(await fleetLists(ctx, account)),
      ...(query.include_ui_settings && { settings: toUser(account).settings }),
    };
  }),
];

const passwordRoutes = [
  serve(passwords.changePassword, async (ctx, { body }, { request }) => {
    await changePassword(ctx, body, sessionOf(request));
    return {};
  }),
  serve(passwords.performRequiredPasswordReset, async (ctx, { body }, { request }) => ({
    user: toUser(await performRequiredReset(ctx, body.new_password, sessionOf(request))),
  })),
  serve(passwords.forgotPassword, async (ctx, { body }, { request }) => {
    await forgetPassword(ctx, body.email, request.ip);
    return {};
  }),
  serve(passwords.resetPassword, async (ctx, { body }, { request }) => {
    await resetPassword(ctx, body, request.ip);
    return {};
  }),
  serve(passwords.requirePasswordReset, async (ctx, { params, body }) => ({
    user: toUser(await requireReset(ctx, params.id, body.require)),
  })),
  serve(passwords.makePasswordReset, async (ctx, { params }) => {
    const { token, url, expiresAt } = await makePasswordReset(ctx, params.id);
    return { token, url, expires_at: expiresAt.toISOString() };
  }),
];

export const routes = [...signInRoutes, ...passwordRoutes, ...peopleRoutes, ...fleetUserRoutes];

async function currentAccount(ctx: Context, token: string | null): Promise<Account> {
  const account = token ? await findAccount(ctx, token) : null;
  if (!account) throw new AppError('unauthenticated', { name: 'base', reason: 'Sign in first' });
  return account;
}

/** Nothing may be done before a required new password is set. */
function permissionsOfAccount({ role, fleets, mustResetPassword }: Account) {
  if (mustResetPassword) return { everywhere: [], fleets: [] };
  return {
    everywhere: role === null ? [] : [...permissionsOf(role)],
    fleets: fleets.map((fleet) => ({ fleet_id: fleet.id, permissions: [...permissionsOf(fleet.role)] })),
  };
}

function sessionOf(request: Exchange['request']): Buffer | null {
  const { token } = readToken(request);
  return token === null ? null : hashToken(token);
}

function keepCookie({ request, reply }: Exchange, token: string): void {
  const secure = request.protocol === 'https';
  reply.setCookie(cookieName(secure), token, {
    path: '/',
    httpOnly: true,
    secure,
    sameSite: 'lax',
    maxAge: COOKIE_SECONDS,
  });
}
