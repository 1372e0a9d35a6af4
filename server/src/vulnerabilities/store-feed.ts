import { hash } from 'node:crypto';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '@flotilla/feeds/feed';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { wantVulnerabilities } from './actions/queries/wanting.ts';
import { chooseFacts } from './choose-facts.ts';
import { wantRated } from './due/queries/rating.ts';
import { noteAffecting } from './news/note-news.ts';
import * as queries from './queries/advisories.ts';
import { takeTurn } from './queries/judging.ts';
import { findAffecting } from './queries/news.ts';
import { refreshFigures } from './queries/risk.ts';
import * as staging from './queries/staging.ts';
import { holdMassChange } from './renewal/mass-change.ts';

/** Rows of one statement of SQL. */
const CHUNK = 5_000;

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
 * Stores what differs between a feed's data and what is stored of it, all or nothing, and wants the software judged that a
 * difference concerns. The data are staged first: nobody waits while they are read. What a record said before stays where
 * the record cannot be read whole now.
 * @returns how many software that is
 * @throws HeldError, or what reading the items throws: nothing is then stored
 */
export async function storeDelivery(ctx: Context, delivery: FeedDelivery): Promise<number> {
  const { feed, items, isGuarded = false, also } = delivery;
  return inTransaction(ctx, async (tx) => {
    const stage = await openStage(tx);
    for await (const item of items) {
      if ('advisory' in item) await stage.add(item.advisory);
      else if ('problem' in item) await stage.addUnread(item.record);
    }
    await stage.close();
    await takeTurn(tx);
    await queries.applyStatements(tx, feed);
    if (isGuarded) await holdMassChange(tx, feed);
    const wanted = await queries.wantChangedJudged(tx, { why: feed, at: ctx.clock() });
    const told = await queries.applyTold(tx, feed);
    for (let start = 0; start < told.length; start += CHUNK) await choose(tx, told.slice(start, start + CHUNK));
    // When one was published may be told later than that it affects hosts.
    await noteAffecting(ctx, tx, await findAffecting(tx, told));
    const changed = [...told, ...(await queries.applyLikelihoods(tx))];
    await refreshFigures(tx, changed);
    await wantVulnerabilities(tx, changed);
    // Not to be on the list of what is exploited means something from its first time on.
    await wantRated(tx, feed === 'cisa-kev' ? 'all' : changed);
    await also?.(tx);
    return wanted;
  });
}

/** Stores what a feed says, whatever follows from it. */
export const storeFeed = (ctx: Context, feed: string, items: AsyncIterable<FeedItem>): Promise<number> =>
  storeDelivery(ctx, { feed, items });

/** Chooses anew what is shown of vulnerabilities, among all that feeds tell of them. */
async function choose(tx: Tx, vulnerabilityIds: number[]): Promise<void> {
  const told = Map.groupBy(await queries.readTold(tx, vulnerabilityIds), (one) => one.vulnerability_id);
  await queries.writeChosen(
    tx,
    vulnerabilityIds.map((id) => ({ id, ...chooseFacts(told.get(id) ?? []) })),
  );
}

interface Stage {
  add(advisory: Advisory): Promise<void>;
  /** A record that could not be read, or not whole. */
  addUnread(record: string): Promise<void>;
  close(): Promise<void>;
}

/** Keeps in memory a chunk of rows, never the feed. */
async function openStage(tx: Tx): Promise<Stage> {
  await staging.createStage(tx);
  const statements = chunked<staging.Statement>((rows) => staging.stageStatements(tx, rows));
  const told = chunked<staging.StagedTold>((rows) => staging.stageTold(tx, rows));
  const likelihoods = chunked<staging.StagedLikelihood>((rows) => staging.stageLikelihoods(tx, rows));
  const unread = chunked<string>((records) => staging.stageUnread(tx, records));
  return {
    async add(advisory) {
      for (const statement of toStatements(advisory)) await statements.add(statement);
      for (const name of advisory.vulnerabilities) {
        const tells = toTold(advisory, name);
        if (tells) await told.add(tells);
        if (advisory.likelihood) await likelihoods.add({ name, ...advisory.likelihood });
      }
    },
    addUnread: (record) => unread.add(record),
    async close() {
      for (const each of [statements, told, likelihoods, unread]) await each.flush();
      await staging.closeStage(tx);
    },
  };
}

function chunked<T>(write: (rows: T[]) => Promise<unknown>) {
  let waiting: T[] = [];
  const flush = async () => {
    if (waiting.length > 0) await write(waiting);
    waiting = [];
  };
  return {
    flush,
    async add(row: T) {
      waiting.push(row);
      if (waiting.length >= CHUNK) await flush();
    },
  };
}

const hashOf = (value: unknown) => hash('sha256', JSON.stringify(value), 'hex').slice(0, 32);

/** One advisory may say several things about a key; they are kept as statements of their own. */
function toStatements(advisory: Advisory): staging.Statement[] {
  const seen = new Map<string, number>();
  const { vulnerabilities, isDerived = false } = advisory;
  return advisory.affected.map((affected) => {
    const times = (seen.get(affected.key) ?? 0) + 1;
    seen.set(affected.key, times);
    return {
      key: affected.key,
      advisory: times === 1 ? advisory.id : `${advisory.id} (${times})`,
      vulnerabilities,
      affected,
      isDerived,
      hash: hashOf([vulnerabilities, affected, isDerived]),
    };
  });
}

/** Of an advisory about several vulnerabilities its date and its rating are its own, and none of theirs. */
function toTold(advisory: Advisory, name: string): staging.StagedTold | null {
  const { facts, severity, exploitation, ssvc } = advisory;
  const isAlone = advisory.vulnerabilities.length === 1;
  const told = { ...(isAlone && { facts, severity }), exploitation, ssvc };
  if (Object.values(told).every((one) => one === undefined)) return null;
  return { name, advisory: advisory.id, told, hash: hashOf(told) };
}
