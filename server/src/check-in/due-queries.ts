import { readHostSettings } from '../fleets/index.ts';
import type { InventoryCounter } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import type { Answer, HostQuery } from '../kernel/host-queries.ts';
import type { HostSession } from './host-sessions.ts';
import { isOver, sendNext, startRound, takeAnswers } from './inventory-round.ts';

/** Hosts are asked up to a tenth of the interval earlier or later, each always by the same share. */
const JITTER = 0.1;

/** Whether the host owes an inventory: it is time, someone asked, or the last one was not finished. */
export function isInventoryDue(
  session: HostSession,
  { now, intervalSeconds }: { now: number; intervalSeconds: number },
): boolean {
  if (session.done < session.asked || session.asked === 0) return true;
  if (session.refetchAt !== null) return true;
  const share = (Math.imul(session.hostId, 2_654_435_761) >>> 0) / 2 ** 32;
  return now >= session.askedAt + intervalSeconds * 1000 * (1 + JITTER * (2 * share - 1));
}

export interface DueQueries {
  /** Names with the number of their inventory, and SQL. */
  queries: Record<string, string>;
  hasMore: boolean;
}

/** What asking hosts, and taking what they answer, needs. */
export interface Questions {
  ctx: Context;
  domains: Domain[];
  inventories: InventoryCounter;
}

export interface Asking {
  session: HostSession;
  /** Whether Flotilla's agent asks; else it is plain osquery. */
  forAgent: boolean;
}

/** What the host should run now. */
export async function dueQueries(asker: Questions, { session, forAgent }: Asking): Promise<DueQueries> {
  const { ctx } = asker;
  if (!session.round && !session.isStarting) await start(asker, { session, forAgent });
  const { round } = session;
  if (!round) return { queries: {}, hasMore: false };
  const { batch, givenUp } = sendNext(round, ctx.clock().getTime());
  if (givenUp.length > 0) {
    ctx.log.warn({ hostId: session.hostId, asked: round.asked, queries: givenUp }, 'queries were never answered');
    const noAnswer = new Map(
      givenUp.map((name): [string, Answer] => [name, { error: 'no answer: the query was sent three times' }]),
    );
    await passOn(asker, { session, asked: round.asked, answers: noAnswer });
    await endIfOver(asker, session);
  }
  const queries = Object.fromEntries([...batch].map(([name, sql]) => [`${name}:${round.asked}`, sql]));
  return { queries, hasMore: !isOver(round) };
}

const isDue = (ctx: Context, session: HostSession) =>
  isInventoryDue(session, { now: ctx.clock().getTime(), intervalSeconds: ctx.config.inventoryIntervalSeconds });

/** Starts an inventory when one is due, with whatever else the host owes; else only that. */
async function start({ ctx, domains, inventories }: Questions, { session, forAgent }: Asking): Promise<void> {
  session.isStarting = true;
  try {
    const { platform } = session;
    const others = await otherQueries(ctx, domains, session);
    if (isDue(ctx, session)) {
      session.asked = await inventories.next(session.hostId);
      session.askedAt = ctx.clock().getTime();
      const queries = [...(await inventoryQueries(ctx, domains, session.fleetId)), ...others];
      session.round = startRound({ asked: session.asked, isInventory: true, queries, platform, forAgent });
    } else if (others.length > 0) {
      session.round = startRound({ asked: session.asked, isInventory: false, queries: others, platform, forAgent });
    }
  } finally {
    session.isStarting = false;
  }
}

async function inventoryQueries(ctx: Context, domains: Domain[], fleetId: number | null): Promise<HostQuery[]> {
  const settings = await readHostSettings(ctx, fleetId);
  return domains.flatMap((domain) => domain.hostQueries ?? []).filter(({ needs }) => !needs || settings[needs]);
}

async function otherQueries(ctx: Context, domains: Domain[], session: HostSession): Promise<HostQuery[]> {
  const { hostId, platform, fleetId } = session;
  const host = { hostId, platform, fleetId, isRefetch: session.refetchAt !== null };
  const queries: HostQuery[] = [];
  for (const domain of domains) queries.push(...((await domain.dueQueries?.(ctx, host)) ?? []));
  return queries;
}

/** Hands answers to every domain, in order: what a host is comes before what is on it. */
async function passOn(
  { ctx, domains }: Questions,
  { session, asked, answers }: { session: HostSession; asked: number; answers: Map<string, Answer> },
): Promise<void> {
  const { hostId, platform } = session;
  for (const domain of domains)
    await domain.receiveAnswers?.(ctx, { hostId, platform, asked, receivedAt: ctx.clock(), answers });
}

/** Takes the answers of one request; resolves when they are durable. */
export async function receiveAnswers(
  asker: Questions,
  { session, answers }: { session: HostSession; answers: NumberedAnswer[] },
): Promise<void> {
  const byNumber = Map.groupBy(answers, ({ asked }) => Math.min(asked ?? session.asked, session.asked));
  for (const [asked, group] of [...byNumber].sort(([a], [b]) => a - b)) {
    await passOn(asker, { session, asked, answers: new Map(group.map(({ name, answer }) => [name, answer])) });
    if (session.round?.asked === asked)
      takeAnswers(
        session.round,
        group.map(({ name }) => name),
      );
  }
  await endIfOver(asker, session);
}

export interface NumberedAnswer {
  name: string;
  /** Null when the name carried no number. */
  asked: number | null;
  answer: Answer;
}

async function endIfOver({ inventories }: Questions, session: HostSession): Promise<void> {
  const { round } = session;
  if (!round || !isOver(round)) return;
  session.round = null;
  if (!round.isInventory) return;
  await inventories.finish(session.hostId, round.asked);
  session.done = round.asked;
  if (session.refetchAt !== null && session.refetchAt <= session.askedAt) session.refetchAt = null;
}
