import type { Context } from '../../kernel/context.ts';
import { holdLease } from '../../kernel/lease.ts';
import { type AddressGuard, createAddressGuard } from '../../kernel/outgoing/address-guard.ts';
import { repeat } from '../../kernel/repeat.ts';
import { type Attempt, beginAttempt, type DueDelivery, findDue, noteAttempt } from '../queries/deliveries.ts';
import { announceNews } from './announce.ts';
import { readReceivers } from './read-receivers.ts';
import { isSuccess, type Receiver } from './receiver.ts';
import { type Sent, send } from './send.ts';

const EVERY_MS = 2_000;
/** More than one delivery takes. */
const LEASE_SECONDS = 30;
const MINUTE = 60_000;
const MOST_WAIT = 60 * MINUTE;
const GIVE_UP_AFTER = 24 * 60 * MINUTE;

/** Delivers what is new and due, in one process of all. */
export const startDelivering = (ctx: Context) =>
  repeat(EVERY_MS, async () => {
    try {
      if (!(await holdLease(ctx.db, 'deliveries', LEASE_SECONDS))) return;
      await announceNews(ctx);
      await deliverDue(ctx, () => holdLease(ctx.db, 'deliveries', LEASE_SECONDS));
    } catch (error) {
      ctx.log.error({ err: error }, 'news were not delivered');
    }
  });

/** Tries each delivery that is due once. `mayGoOn` is asked before each. */
export async function deliverDue(ctx: Context, mayGoOn: () => Promise<boolean> = async () => true): Promise<void> {
  const receivers = new Map((await readReceivers(ctx)).map((one) => [one.name, one]));
  for (;;) {
    const due = await findDue(ctx.db, ctx.clock());
    if (!due || !(await mayGoOn())) return;
    await beginAttempt(ctx.db, due.id, nextTry(ctx, due));
    await noteAttempt(ctx.db, due.id, await attempt(ctx, due, receivers.get(due.receiver)));
  }
}

async function attempt(ctx: Context, due: DueDelivery, receiver: Receiver | undefined): Promise<Attempt> {
  const end = (state: 'delivered' | 'given_up', status: number | null, failure: string | null): Attempt => {
    const now = ctx.clock();
    return { state, status, failure, dueAt: now, endedAt: now };
  };
  if (!receiver) return end('given_up', null, 'the receiver is no longer in the settings');
  const { status, failure } = await tryOnce(ctx, due, receiver);
  if (failure === null) return end('delivered', status, null);
  const dueAt = nextTry(ctx, due);
  if (dueAt.getTime() - due.created_at.getTime() > GIVE_UP_AFTER) return end('given_up', status, failure);
  return { state: 'waiting', status, failure, dueAt, endedAt: null };
}

const nextTry = (ctx: Context, { attempts }: DueDelivery) =>
  new Date(ctx.clock().getTime() + waitAfter(attempts + 1, Math.random()));

async function tryOnce(ctx: Context, { event, body, attempts }: DueDelivery, receiver: Receiver) {
  const guard = createAddressGuard(ctx.config.allowedNetworks);
  try {
    if (attempts > 0) {
      const known = await search(receiver, event, guard);
      if (known) return { status: known.status, failure: null };
    }
    const sent = await send(receiver.message({ event, body, at: ctx.clock() }), guard);
    const failure = receiver.accepts(sent) ? null : `answered with ${sent.status}`;
    return { status: sent.status, failure };
  } catch (error) {
    return { status: null, failure: (error as Error).message };
  }
}

/**
 * An answer that was lost may have been a yes: what was opened then is looked for.
 * @returns null where nothing is there
 * @throws where nobody can tell: it is asked again later
 */
async function search({ search: how }: Receiver, event: string, guard: AddressGuard): Promise<Sent | null> {
  if (!how) return null;
  let last: Sent | null = null;
  for (const message of how.messages(event)) {
    last = await send(message, guard);
    if (isSuccess(last)) return how.found(last, event) ? last : null;
  }
  throw new Error(`looking for what was opened before answered with ${last?.status}`);
}

/** Milliseconds until the next try after so many: doubling from a minute to an hour, `chance` (0 to 1) spreads them. */
export const waitAfter = (attempts: number, chance: number): number =>
  Math.min(MINUTE * 2 ** (attempts - 1), MOST_WAIT) * (0.5 + chance / 2);
