import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { feedNames, isFeedName } from '@flotilla/feeds/feeds';
import { FORMAT, type Snapshot, snapshotDay } from '@flotilla/feeds/snapshot/snapshot';
import { writeSnapshotOf } from '@flotilla/feeds/snapshot/write-snapshot';
import { UsageError } from '../usage-error.ts';

/**
 * `flotilla feeds snapshot`: packs the facts of mirror folders, as the snapshot that ships with Flotilla. A folder that is named
 * later is asked for what those before it do not have.
 */
export async function snapshot(args: string[]): Promise<void> {
  const { to, from, asOf } = read(args);
  await mkdir(to, { recursive: true });
  const packed: Snapshot = { format: FORMAT, feeds: {} };
  for (const name of feedNames) {
    for (const folder of from) {
      const feed = await writeSnapshotOf(name, { from: folder, to, asOf: asOf.get(name) });
      if (!feed) continue;
      packed.feeds[name] = feed;
      process.stdout.write(`${name}\t${feed.records}\t${feed.bytes}\t${feed.published}\t${feed.licence}\n`);
      break;
    }
  }
  const all = Object.values(packed.feeds);
  if (all.length === 0) throw new UsageError(`${from.join(', ')}: none of the feeds that a snapshot may have`);
  await writeFile(join(to, 'snapshot.json'), `${JSON.stringify(packed, null, 2)}\n`);
  const bytes = all.reduce((sum, feed) => sum + feed.bytes, 0);
  process.stdout.write(`${all.length} feeds\t${bytes} bytes\tas of ${snapshotDay(packed)}\n`);
}

interface Given {
  to: string;
  from: string[];
  asOf: Map<string, string>;
}

function read(args: string[]): Given {
  const { to, from = [], 'as-of': days = [] } = parse(args);
  if (!to || from.length === 0) {
    throw new UsageError('flotilla feeds snapshot: say from where and where to: --from FOLDER --to FOLDER');
  }
  const asOf = new Map<string, string>();
  for (const text of days) {
    const [name = '', day = ''] = text.split('=');
    if (!isFeedName(name) || !/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) {
      throw new UsageError(`--as-of: ${text} is not FEED=YYYY-MM-DD`);
    }
    asOf.set(name, `${day}T00:00:00.000Z`);
  }
  return { to, from, asOf };
}

const options = {
  to: { type: 'string' },
  from: { type: 'string', multiple: true },
  'as-of': { type: 'string', multiple: true },
} as const;

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split(/\. |\n/)[0]);
  }
}
