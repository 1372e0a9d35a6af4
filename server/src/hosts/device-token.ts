import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { hashToken } from '../kernel/secrets.ts';
import { claimDeviceToken, endDeviceTokens, forgetDeviceTokens } from './queries/device-token.ts';

/** Agents make another token each hour: a page that is open then stays usable for as long again. */
const GRACE_MS = 3_600_000;

/**
 * Takes the token by which the page of a host is opened from now on. It opens nothing else, and those before it end soon.
 * @returns false when another host has it, or it is a key of something else
 */
export async function recordDeviceToken(ctx: Context, hostId: number, token: string): Promise<boolean> {
  const keyHash = hashToken(token);
  const now = ctx.clock();
  return inTransaction(ctx, async (tx) => {
    if (!(await claimDeviceToken(tx, { keyHash, hostId, at: now }))) return false;
    await endDeviceTokens(tx, { except: keyHash, hostId, at: new Date(now.getTime() + GRACE_MS) });
    await forgetDeviceTokens(tx, { hostId, before: now });
    return true;
  });
}
