import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createZstdDecompress } from 'node:zlib';
import type { FeedItem } from '../feed.ts';
import type { FeedName } from '../feeds.ts';
import { readLines } from '../text/read-lines.ts';

/** What a snapshot has of one feed. */
export interface SnapshotFeed {
  /** When its upstream made the data; ISO 8601. */
  published: string;
  records: number;
  /** Records that could not be understood when it was made. */
  problems: number;
  /** Of the file. */
  bytes: number;
  sha256: string;
  /** Name in the SPDX list, or a `LicenseRef-`. */
  licence: string;
}

/**
 * A folder with the facts of feeds: `snapshot.json`, which is this, and a file for each feed, one record a line in the form
 * that all feeds are brought to, packed with Zstandard.
 */
export interface Snapshot {
  format: typeof FORMAT;
  feeds: Partial<Record<FeedName, SnapshotFeed>>;
}

export const FORMAT = 'flotilla snapshot 1';

/** The one that ships with Flotilla. */
export const shippedSnapshot = fileURLToPath(new URL('../../snapshot/', import.meta.url));

export const snapshotFile = (folder: string, name: FeedName) => join(folder, `${name}.ndjson.zst`);

/** @throws when the folder has no snapshot that this program understands */
export async function readSnapshot(folder: string): Promise<Snapshot> {
  const snapshot = JSON.parse(await readFile(join(folder, 'snapshot.json'), 'utf8')) as Snapshot;
  if (snapshot.format !== FORMAT) throw new Error(`${folder}: a snapshot of another form`);
  return snapshot;
}

/** Characters. */
const LONGEST = 64 * 1024 * 1024;

/**
 * What the snapshot has of a feed, one record after the other.
 * @throws at the end, when it was not what the snapshot says it has: nothing read before may then be used
 */
export async function* snapshotItems(folder: string, name: FeedName, feed: SnapshotFeed): AsyncGenerator<FeedItem> {
  const sum = createHash('sha256');
  const file = createReadStream(snapshotFile(folder, name)).on('data', (chunk) => sum.update(chunk));
  const unpacked = createZstdDecompress();
  file.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  let records = 0;
  for await (const line of readLines(unpacked, LONGEST)) {
    records++;
    yield JSON.parse(line) as FeedItem;
  }
  if (records !== feed.records || sum.digest('hex') !== feed.sha256)
    throw new Error(`the snapshot of ${name} is damaged`);
}

/** When the newest of its data were made. */
export const snapshotDay = ({ feeds }: Snapshot): string =>
  Object.values(feeds)
    .map(({ published }) => published)
    .reduce((newest, one) => (one > newest ? one : newest), '');
