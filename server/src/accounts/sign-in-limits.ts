import type { Context } from '../kernel/context.ts';
import { forgetTries, peerOf, returnTry, type TryLimit, takeTry } from '../kernel/limit-tries.ts';

const QUARTER = 15 * 60;
const HOUR = 60 * 60;

/** Wrong passwords of one account, from wherever. */
const ACCOUNT: TryLimit = { tries: 10, seconds: QUARTER };
/** Failures of one address, whatever it tries: sign-in, set-up, invitations, links. */
const PEER: TryLimit = { tries: 40, seconds: QUARTER };
/** Requests for a new password. */
const FORGOTTEN_BY_ACCOUNT: TryLimit = { tries: 3, seconds: HOUR };
const FORGOTTEN_BY_PEER: TryLimit = { tries: 20, seconds: HOUR };

/** Where a request comes from: the address of the peer, or what a configured proxy says it is. */
export type Peer = string;

const peerKey = (peer: Peer) => `proof peer ${peerOf(peer)}`;
/** An address that belongs to nobody has a limit too, so that the answer tells nothing. */
const accountKey = (email: string) => `password ${email}`;

/**
 * Runs what may prove something, by password or token; only failures use the limits up.
 * @param email the account whose password it is, by `emailKey`
 * @throws AppError what `prove` throws, or LimitError
 */
export async function limitFailures<T>(
  ctx: Context,
  { peer, email }: { peer: Peer | null; email: string | null },
  prove: () => Promise<T>,
): Promise<T> {
  if (peer !== null) await takeTry(ctx, peerKey(peer), PEER);
  if (email !== null) await takeTry(ctx, accountKey(email), ACCOUNT);
  const proven = await prove();
  if (peer !== null) await returnTry(ctx.db, peerKey(peer));
  if (email !== null) await forgetTries(ctx.db, accountKey(email));
  return proven;
}

/** Each request counts, whether there is such an account or not. */
export async function limitForgotten(ctx: Context, { peer, email }: { peer: Peer; email: string }): Promise<void> {
  await takeTry(ctx, `forgotten peer ${peerOf(peer)}`, FORGOTTEN_BY_PEER);
  await takeTry(ctx, `forgotten ${email}`, FORGOTTEN_BY_ACCOUNT);
}
