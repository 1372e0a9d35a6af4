import type { FeedItem } from '@flotilla/feeds/feed';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { onOwnConnection } from '../kernel/db/own-connection.ts';
import { wantRated } from './due/queries/rating.ts';
import { followFacts, wantFollowed } from './follow-facts.ts';
import * as queries from './queries/advisories.ts';
import { wantChosen } from './queries/following.ts';
import { takeTurn } from './queries/judging.ts';
import { compareLikelihoods, writeLikelihoods } from './queries/likelihoods.ts';
import { holdMassChange } from './renewal/mass-change.ts';
import { stageFeed } from './stage-feed.ts';

/** Likelihoods written in one transaction. */
const LIKELIHOODS = 4_000;

/** What one feed says now. */
export interface FeedDelivery {
  feed: string;
  items: AsyncIterable<FeedItem>;
  /** Holds what would close or open very many findings at once. */
  isGuarded?: boolean;
  /** What else is written with it, in one transaction. */
  also?: (tx: Tx) => Promise<unknown>;
}

/**
 * Stores what differs between a feed's data and what is stored of it, and wants the software judged that a difference concerns. The
 * data are staged first, whole. What a record said before stays where the record cannot be read whole now.
 *
 * What advisories say is stored all or nothing, and only the end of that keeps judging from its turn. Likelihoods and what follows from
 * facts come after it, some at a time: who begins again after a crash finds what is left.
 * @returns how many software that is
 * @throws HeldError, or what reading the items throws: nothing is then stored
 */
export const storeDelivery = (ctx: Context, delivery: FeedDelivery): Promise<number> =>
  onOwnConnection(ctx.db, async (own) => {
    await stageFeed(own, delivery.items);
    const here = { ...ctx, db: own.db };
    const wanted = await inTransaction(here, (tx) => storeStaged(ctx, tx, delivery));
    const moved = await compareLikelihoods(own.db);
    for (let first = 0; first < moved; first += LIKELIHOODS) {
      await inTransaction(here, async (tx) => {
        const ids = await writeLikelihoods(tx, { first, most: LIKELIHOODS });
        await takeTurn(tx);
        await wantFollowed(tx, ids);
      });
    }
    await followFacts(here);
    return wanted;
  });

/** Stores what a feed says, whatever follows from it. */
export const storeFeed = (ctx: Context, feed: string, items: AsyncIterable<FeedItem>): Promise<number> =>
  storeDelivery(ctx, { feed, items });

async function storeStaged(ctx: Context, tx: Tx, { feed, isGuarded, also }: FeedDelivery): Promise<number> {
  await queries.takeStoringTurn(tx);
  await queries.applyStatements(tx, feed);
  const told = await queries.applyTold(tx, feed);
  // Judging goes on by what was said before until here, and what it was about is wanted now.
  await takeTurn(tx);
  await wantChosen(tx, told);
  if (isGuarded) await holdMassChange(tx, feed);
  const wanted = await queries.wantChangedJudged(tx, { why: feed, at: ctx.clock() });
  // Not to be on the list of what is exploited means something from its first time on.
  if (feed === 'cisa-kev') await wantRated(tx, 'all');
  await also?.(tx);
  return wanted;
}
