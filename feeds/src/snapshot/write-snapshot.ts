import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { Feed, FeedItem } from '../feed.ts';
import { type FeedName, feeds } from '../feeds.ts';
import { readState } from '../fetching/feed-state.ts';
import { type Delivery, reasonToHold } from '../guards.ts';
import { KEPT } from '../mirror-feed.ts';
import { mirrorFiles } from '../mirror-files.ts';
import { licences } from './licences.ts';
import { type SnapshotFeed, snapshotFile } from './snapshot.ts';

export interface SnapshotOptions {
  /** A mirror folder. */
  from: string;
  /** Where the file of the feed is put. */
  to: string;
  /** When the data were made, for a feed that does not say so; ISO 8601. */
  asOf: string | undefined;
}

/**
 * Writes the facts of one feed, without any prose, in memory that does not grow with them.
 * @returns null when the mirror does not have it, or nothing says that it may be given on
 * @throws when its files are damaged, would be held, or nobody says when they were made
 */
export async function writeSnapshotOf(
  name: FeedName,
  { from, to, asOf }: SnapshotOptions,
): Promise<SnapshotFeed | null> {
  const feed: Feed = feeds[name];
  const licence = licences[name];
  const files = licence === undefined ? null : await mirrorFiles(feed, from);
  if (licence === undefined || files === null) return null;
  const delivery: Delivery = { records: 0, problems: 0, bytes: 0, published: null };
  const path = snapshotFile(to, name);
  const packed = createZstdCompress({ params: PACKING });
  await pipeline(Readable.from(lines(feed.parse(files), delivery)), packed, createWriteStream(path));
  const kept = await readState(join(from, KEPT, name));
  const published = delivery.published ?? asOf ?? kept.delivery?.published;
  if (!published) throw new Error(`${name} does not say when it was made`);
  const held = reasonToHold({ next: delivery, last: null, withdrawn: 0 });
  if (held) throw new Error(`${name}: ${held}`);
  const { records, problems } = delivery;
  return { published, records, problems, bytes: (await stat(path)).size, sha256: await sumOf(path), licence };
}

/** Records of one feed are alike over long distances. The window is what reading them takes in memory: 16 MB. */
const PACKING = {
  [constants.ZSTD_c_compressionLevel]: 19,
  [constants.ZSTD_c_windowLog]: 24,
  [constants.ZSTD_c_enableLongDistanceMatching]: 1,
};

async function* lines(items: AsyncIterable<FeedItem>, delivery: Delivery): AsyncGenerator<string> {
  for await (const item of items) {
    if ('published' in item) delivery.published = item.published;
    else if ('problem' in item) delivery.problems++;
    else {
      delivery.records++;
      yield `${JSON.stringify(withoutProse(item))}\n`;
    }
  }
}

function withoutProse(item: FeedItem): FeedItem {
  if (!('advisory' in item) || item.advisory.facts?.description === undefined) return item;
  const { description, ...facts } = item.advisory.facts;
  return { advisory: { ...item.advisory, facts } };
}

async function sumOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path)) sum.update(chunk);
  return sum.digest('hex');
}
