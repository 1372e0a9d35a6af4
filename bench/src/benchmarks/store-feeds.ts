import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FeedItem } from '@flotilla/feeds/feed';
import { feeds } from '@flotilla/feeds/feeds';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Context } from '../../../server/src/kernel/context.ts';
import { storeFeed } from '../../../server/src/vulnerabilities/index.ts';
import type { MirroredFeed } from '../engine/mirror.ts';
import type { Postmaster } from '../server/running-server.ts';
import { withClient } from './database.ts';

/** What feeds are stored in. */
const TABLES = ['lookup_key', 'statement', 'vulnerability', 'told', 'likelihood'];

/** Stores feeds the way the server does. @returns the seconds of it that were not spent on reading and parsing, by feed */
export async function storeFeeds(system: Context, mirrored: MirroredFeed[], print: (line: string) => void) {
  const seconds: Record<string, number> = {};
  for (const { name, files } of mirrored) {
    let reading = 0;
    async function* timed(): AsyncGenerator<FeedItem> {
      let since = performance.now();
      for await (const item of feeds[name].parse(files)) {
        reading += performance.now() - since;
        yield item;
        since = performance.now();
      }
      reading += performance.now() - since;
    }
    const began = performance.now();
    await storeFeed(system, name, timed());
    seconds[name] = (performance.now() - began - reading) / 1000;
    print(`${name} stored in ${seconds[name].toFixed(2)} s, read in ${(reading / 1000).toFixed(2)} s`);
  }
  return seconds;
}

/** Copies the rows that feeds are stored in once more, into bare tables with the same indexes. */
export async function copyBare(postmaster: Postmaster): Promise<{ rows: number; seconds: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'flotilla-copy-'));
  const sum = { rows: 0, seconds: 0 };
  try {
    await withClient(postmaster, async (client) => {
      await client.query('create schema bench');
      for (const table of TABLES) {
        const file = join(folder, table);
        await pipeline(client.query(copyTo(`copy vulnerabilities.${table} to stdout`)), createWriteStream(file));
        await client.query(`create table bench.${table} (like vulnerabilities.${table} including indexes)`);
        const into = client.query(copyFrom(`copy bench.${table} from stdin`));
        const began = performance.now();
        await pipeline(createReadStream(file), into);
        sum.seconds += (performance.now() - began) / 1000;
        sum.rows += into.rowCount ?? 0;
      }
      await client.query('drop schema bench cascade');
    });
  } finally {
    await rm(folder, { recursive: true });
  }
  return sum;
}
