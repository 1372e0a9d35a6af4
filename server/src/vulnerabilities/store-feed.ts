import { hash } from 'node:crypto';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '@flotilla/feeds/feed';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import * as queries from './queries/advisories.ts';
import { ensureKeys, takeTurn, wantJudged } from './queries/judging.ts';
import { ensureVulnerabilities } from './queries/publishing.ts';

/** Statements of one statement of SQL. */
const CHUNK = 5_000;

/**
 * Stores what differs between a feed's data and what is stored of it, all or nothing, and wants the software judged that a
 * difference concerns.
 * @returns how many software that is
 * @throws what reading the items throws: nothing is then stored
 */
export async function storeFeed(ctx: Context, feed: string, items: AsyncIterable<FeedItem>): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    const store = createStore(tx, feed, await queries.readStatementHashes(tx, feed));
    for await (const item of items) if ('advisory' in item) await store.add(item.advisory);
    const changedKeys = await store.finish();
    const softwareIds = changedKeys.length > 0 ? await queries.findSoftwareOfKeys(tx, changedKeys) : [];
    if (softwareIds.length > 0) await wantJudged(tx, softwareIds, { why: feed, at: ctx.clock() });
    return softwareIds.length;
  });
}

interface Store {
  add(advisory: Advisory): Promise<void>;
  /** @returns keys about which something else is said than before */
  finish(): Promise<string[]>;
}

/** Keeps in memory one hash a stored statement and a chunk of new ones, never the feed. */
function createStore(tx: Tx, feed: string, stored: Map<string, string>): Store {
  const changedKeys = new Set<string>();
  const exploited: Parameters<typeof queries.writeExploited>[1] = [];
  let waiting: queries.Statement[] = [];
  const flush = async () => {
    if (waiting.length === 0) return;
    await ensureKeys(
      tx,
      waiting.map((one) => one.key),
    );
    await queries.upsertStatements(tx, feed, waiting);
    waiting = [];
  };
  return {
    async add(advisory) {
      for (const name of advisory.exploitation ? advisory.vulnerabilities : []) {
        if (advisory.exploitation) exploited.push({ name, ...advisory.exploitation });
      }
      for (const statement of toStatements(advisory)) {
        const name = `${statement.key} ${statement.advisory}`;
        const before = stored.get(name);
        stored.delete(name);
        if (before === statement.hash) continue;
        changedKeys.add(statement.key);
        waiting.push(statement);
      }
      if (waiting.length >= CHUNK) await flush();
    },
    async finish() {
      await flush();
      const gone = [...stored.keys()].map((name) => {
        const at = name.indexOf(' ');
        return { key: name.slice(0, at), advisory: name.slice(at + 1) };
      });
      for (const { key } of gone) changedKeys.add(key);
      if (gone.length > 0) await queries.deleteStatements(tx, feed, gone);
      if (exploited.length > 0) {
        await ensureVulnerabilities(
          tx,
          exploited.map((one) => one.name),
        );
        await queries.writeExploited(tx, exploited);
      }
      return [...changedKeys];
    },
  };
}

/** One advisory may say several things about a key; they are kept as statements of their own. */
function toStatements(advisory: Advisory): queries.Statement[] {
  const seen = new Map<string, number>();
  return advisory.affected.map((affected) => {
    const times = (seen.get(affected.key) ?? 0) + 1;
    seen.set(affected.key, times);
    const { vulnerabilities } = advisory;
    return {
      key: affected.key,
      advisory: times === 1 ? advisory.id : `${advisory.id} (${times})`,
      vulnerabilities,
      affected,
      hash: hash('sha256', JSON.stringify([vulnerabilities, affected]), 'hex').slice(0, 32),
    };
  });
}
