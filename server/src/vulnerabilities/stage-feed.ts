import { hash } from 'node:crypto';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '@flotilla/feeds/feed';
import type { OwnConnection } from '../kernel/db/own-connection.ts';
import * as staging from './queries/staging.ts';

/** Rows that go to the database together. */
const CHUNK = 5_000;

/** Brings a feed's data to a connection of its own, where nobody waits for it. A chunk of rows is in memory, never the feed. */
export async function stageFeed(own: OwnConnection, items: AsyncIterable<FeedItem>): Promise<void> {
  await staging.createStage(own.db);
  const statements = chunked<staging.Statement>((rows) => staging.stageStatements(own, rows));
  const told = chunked<staging.StagedTold>((rows) => staging.stageTold(own, rows));
  const likelihoods = chunked<staging.StagedLikelihood>((rows) => staging.stageLikelihoods(own, rows));
  const unread = chunked<string>((records) => staging.stageUnread(own, records));
  for await (const item of items) {
    if ('problem' in item && item.record) await unread.add(item.record);
    if (!('advisory' in item)) continue;
    const { advisory } = item;
    for (const statement of toStatements(advisory)) await statements.add(statement);
    for (const name of advisory.vulnerabilities) {
      const tells = toTold(advisory, name);
      if (tells) await told.add(tells);
      if (advisory.likelihood) await likelihoods.add({ name, ...advisory.likelihood });
    }
  }
  for (const each of [statements, told, likelihoods, unread]) await each.flush();
  await staging.closeStage(own.db);
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

const hashOf = (json: string) => hash('sha256', json, 'hex').slice(0, 32);

/** One advisory may say several things about a key; they are kept as statements of their own. */
function toStatements(advisory: Advisory): staging.Statement[] {
  const seen = new Map<string, number>();
  const { vulnerabilities, isDerived = false } = advisory;
  const names = JSON.stringify(vulnerabilities);
  return advisory.affected.map((affected) => {
    const times = (seen.get(affected.key) ?? 0) + 1;
    seen.set(affected.key, times);
    const body = JSON.stringify(affected);
    return {
      key: affected.key,
      advisory: times === 1 ? advisory.id : `${advisory.id} (${times})`,
      vulnerabilities,
      body,
      isDerived,
      hash: hashOf(`[${names},${body},${isDerived}]`),
    };
  });
}

/** Of an advisory about several vulnerabilities its date and its rating are its own, and none of theirs. */
function toTold(advisory: Advisory, name: string): staging.StagedTold | null {
  const { facts, severity, exploitation, ssvc } = advisory;
  const isAlone = advisory.vulnerabilities.length === 1;
  const tells: staging.Told = { ...(isAlone && { facts, severity }), exploitation, ssvc };
  if (Object.values(tells).every((one) => one === undefined)) return null;
  const told = JSON.stringify(tells);
  return { name, advisory: advisory.id, told, hash: hashOf(told) };
}
