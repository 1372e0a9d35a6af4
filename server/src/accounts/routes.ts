import { login, logout, me, setup, setupState } from '@flotilla/contract/accounts';
import { listEnrolSecrets } from '../fleets/index.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { cookieName, readToken } from '../kernel/http/authenticate.ts';
import { type Exchange, serve } from '../kernel/http/handler.ts';
import { type Account, toUser } from './account.ts';
import { isLocalRequest } from './local-request.ts';
import { findAccount } from './sessions.ts';
import { isSetUpNeeded, setUp } from './set-up.ts';
import { signIn, signOut } from './sign-in.ts';

/** As long as a session can live. */
const COOKIE_SECONDS = 30 * 86_400;

export const routes = [
  serve(setupState, async (ctx) => ({ needed: await isSetUpNeeded(ctx) })),

  serve(setup, async (ctx, { body }, exchange) => {
    const proof = { token: readToken(exchange.request).token, isLocal: isLocalRequest(exchange.request) };
    const { account, token } = await setUp(ctx, body, proof);
    keepCookie(exchange, token);
    const [secret] = await listEnrolSecrets(asSystem(ctx));
    return {
      admin: toUser(account),
      org_info: { org_name: body.org_info.org_name, org_logo_url: body.org_info.org_logo_url ?? '' },
      server_url: ctx.config.serverUrl,
      osquery_enroll_secret: secret?.secret ?? '',
      token,
    };
  }),

  serve(login, async (ctx, { body }, exchange) => {
    const { account, token } = await signIn(ctx, body);
    keepCookie(exchange, token);
    return { user: toUser(account), token, available_teams: [], available_fleets: [] };
  }),

  serve(logout, async (ctx, _input, { request, reply }) => {
    const { token } = readToken(request);
    if (token) await signOut(ctx, token);
    reply.clearCookie(cookieName(request.protocol === 'https'), { path: '/' });
    return {};
  }),

  serve(me, async (ctx, { query }, { request }) => ({
    user: toUser(await currentAccount(ctx, readToken(request).token)),
    available_teams: [],
    available_fleets: [],
    ...(query.include_ui_settings && { settings: { hidden_host_columns: [] } }),
  })),
];

async function currentAccount(ctx: Context, token: string | null): Promise<Account> {
  const account = token ? await findAccount(ctx, token) : null;
  if (!account) throw new AppError('unauthenticated', { name: 'base', reason: 'Sign in first' });
  return account;
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
