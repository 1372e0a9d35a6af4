import type { HostQuery, Platform } from '../kernel/host-queries.ts';

/** Queries that are sent, run and answered together. */
export type Batch = Map<string, string>;

/** One inventory being asked of one host, batch after batch; or, between inventories, what else the host owes. */
export interface Round {
  asked: number;
  isInventory: boolean;
  waiting: Batch[];
  out: { batch: Batch; sentAt: number; tries: number } | null;
}

/** A batch without an answer is sent again after this long: its worker was killed, or its answer got lost. */
const ANSWER_WITHIN = 60_000;
const MOST_TRIES = 3;

export interface Start {
  asked: number;
  isInventory: boolean;
  queries: readonly HostQuery[];
  platform: Platform;
  /** An agent runs each batch in an osquery of its own and keeps what was answered when one dies; starting one is dear. */
  forAgent: boolean;
}

export const startRound = ({ asked, isInventory, ...plan }: Start): Round => ({
  asked,
  isInventory,
  waiting: planBatches(plan),
  out: null,
});

/** Light queries first and together: they tell what the host is. Then the bulky ones, then each heavy one alone. */
function planBatches({ queries, platform, forAgent }: Pick<Start, 'queries' | 'platform' | 'forAgent'>): Batch[] {
  const here = [
    ...new Map(
      queries.filter((query) => query.platforms.includes(platform)).map((query) => [query.name, query]),
    ).values(),
  ];
  const ofWeight = (weight: HostQuery['weight']) => here.filter((query) => query.weight === weight);
  const groups = forAgent
    ? [[...ofWeight('light'), ...ofWeight('bulky')], ofWeight('heavy')]
    : [ofWeight('light'), ofWeight('bulky'), ...ofWeight('heavy').map((query) => [query])];
  return groups.filter((group) => group.length > 0).map((group) => new Map(group.map(({ name, sql }) => [name, sql])));
}

export interface Sending {
  /** What to run now; empty while an answer is awaited. */
  batch: Batch;
  /** Names that were sent too often without an answer. */
  givenUp: string[];
}

/** What the host should run now. Changes the round. */
export function sendNext(round: Round, now: number): Sending {
  const givenUp: string[] = [];
  if (round.out) {
    if (now - round.out.sentAt < ANSWER_WITHIN) return { batch: new Map(), givenUp };
    if (round.out.tries < MOST_TRIES) {
      round.out = { ...round.out, sentAt: now, tries: round.out.tries + 1 };
      return { batch: round.out.batch, givenUp };
    }
    givenUp.push(...round.out.batch.keys());
    round.out = null;
  }
  const batch = round.waiting.shift() ?? new Map<string, string>();
  if (batch.size > 0) round.out = { batch, sentAt: now, tries: 1 };
  return { batch, givenUp };
}

/** What was sent will not be answered: it is sent again next time. Changes the round. */
export function forgetSent(round: Round): void {
  if (round.out) round.waiting.unshift(round.out.batch);
  round.out = null;
}

/** Takes answered queries off. Changes the round. @returns whether nothing is left to ask */
export function takeAnswers(round: Round, names: Iterable<string>): boolean {
  if (round.out) {
    for (const name of names) round.out.batch.delete(name);
    if (round.out.batch.size === 0) round.out = null;
  }
  return isOver(round);
}

export const isOver = (round: Round) => round.out === null && round.waiting.length === 0;
