import { timingSafeEqual } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { setup } from '@flotilla/contract/accounts';
import type { BodyOf } from '@flotilla/contract/route';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { hashToken, newToken, readOrMake } from '../kernel/secrets.ts';
import { changeStoredSettings, forgetServerSettings } from '../kernel/server-settings.ts';
import type { Account } from './account.ts';
import { addAccount } from './create-user.ts';
import { hashPassword, passwordProblem } from './password.ts';
import { hasAccount, lockAccounts } from './queries/accounts.ts';
import { startSession } from './sessions.ts';
import { limitFailures, type Peer } from './sign-in-limits.ts';

const tokenFile = (dataDir: string) => join(dataDir, 'keys', 'setup-token');

/** What proves that a set-up comes from the person who started the server. */
export interface SetUpProof {
  token: string | null;
  /** A loopback peer with a loopback Host, no forwarding header, no foreign Origin and a JSON body. */
  isLocal: boolean;
  peer: Peer;
}

/** The token of the set-up link, made at first start; null once there is an administrator. */
export async function readSetUpToken(ctx: Context): Promise<string | null> {
  const file = tokenFile(ctx.config.dataDir);
  if (await hasAccount(ctx.db)) {
    rmSync(file, { force: true });
    return null;
  }
  return readOrMake(file, newToken);
}

export const isSetUpNeeded = async (ctx: Context) => !(await hasAccount(ctx.db));

/**
 * Makes the first administrator and signs them in.
 * @throws AppError `not_found` once there is one, `unauthenticated` without proof
 */
export async function setUp(
  ctx: Context,
  input: BodyOf<typeof setup>,
  proof: SetUpProof,
): Promise<{ account: Account; token: string }> {
  const expected = await readSetUpToken(ctx);
  if (expected === null) throw alreadySetUp();
  await limitFailures(ctx, { peer: proof.peer, email: null }, async () => {
    if (proof.isLocal || isToken(proof.token, expected)) return;
    throw new AppError('unauthenticated', {
      name: 'base',
      reason: 'Use the set-up link that the server printed when it started',
    });
  });
  checkInput(input);
  const passwordHash = await hashPassword(input.admin.password);
  const made = await inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    if (await hasAccount(tx)) throw alreadySetUp();
    const account = await addAccount(ctx, tx, {
      name: input.admin.name,
      email: input.admin.email,
      passwordHash,
      apiOnly: false,
      mustResetPassword: false,
      roles: { global: 'admin', fleets: [] },
    });
    const { org_info, server_url } = input;
    const server_settings = server_url ? { server_url } : {};
    await changeStoredSettings(ctx, tx, ({ sealed }) => ({ value: { org_info, server_settings }, sealed }));
    return { account, token: await startSession(ctx, tx, account.id) };
  });
  rmSync(tokenFile(ctx.config.dataDir), { force: true });
  forgetServerSettings(ctx);
  return made;
}

const alreadySetUp = () => new AppError('not_found', { name: 'base', reason: 'Set-up is done: sign in instead' });

function isToken(token: string | null, expected: string): boolean {
  return token !== null && timingSafeEqual(hashToken(token), hashToken(expected));
}

function checkInput(input: BodyOf<typeof setup>): void {
  const { admin } = input;
  const problem = passwordProblem(admin.password);
  if (problem) throw invalid('admin.password', problem);
  if (admin.password_confirmation !== undefined && admin.password_confirmation !== admin.password) {
    throw invalid('admin.password_confirmation', 'must equal the password');
  }
  if (admin.name.trim() === '') throw invalid('admin.name', 'must not be blank');
  if (input.server_url && !/^https?:\/\//.test(input.server_url)) {
    throw invalid('server_url', 'must be an address like https://flotilla.example.org:8443');
  }
  if (input.org_info.org_name.trim() === '') throw invalid('org_info.org_name', 'must not be blank');
}
