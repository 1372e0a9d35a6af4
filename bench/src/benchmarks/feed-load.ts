import { feeds } from '@flotilla/feeds/feeds';
import { type MirroredFeed, mirroredFeeds } from '../engine/mirror.ts';
import { round } from '../measure/percentile.ts';
import { withOwnDatabase } from '../server/database-system.ts';
import type { EngineBenchmark } from './benchmark.ts';
import { copyBare, storeFeeds } from './store-feeds.ts';

interface Cost {
  cpuSeconds: number;
  bytes: number;
}

/**
 * Every feed of the mirror read, parsed and brought to the common form, and beside it the same bytes unpacked and given to
 * `JSON.parse`, each document whole. What is not JSON is unpacked alone. Then all of it is stored in an empty database, and the
 * rows of that copied once more by a bare `COPY`.
 */
export const feedLoad: EngineBenchmark = async (_, print) => {
  const mirrored = await mirroredFeeds();
  const perFeed: Record<string, object> = {};
  const whole = { records: 0, problems: 0, bytes: 0, cpuSeconds: 0, plainCpuSeconds: 0 };
  let megabytes = 0;
  for (const feed of mirrored) {
    print(feed.name);
    const normalised = await normalise(feed);
    megabytes = Math.max(megabytes, normalised.megabytes);
    const plain = await readPlainly(feed);
    const { records, problems, cpuSeconds } = normalised;
    perFeed[feed.name] = { records, problems, bytes: plain.bytes, cpuSeconds: round(cpuSeconds) };
    whole.records += records;
    whole.problems += problems;
    whole.bytes += plain.bytes;
    whole.cpuSeconds += cpuSeconds;
    whole.plainCpuSeconds += plain.cpuSeconds;
  }
  const stored = await withOwnDatabase(async (system, postmaster) => {
    const seconds = await storeFeeds(system, mirrored, print);
    return { seconds, bare: await copyBare(postmaster) };
  });
  const storedSeconds = Object.values(stored.seconds).reduce((sum, each) => sum + each, 0);
  return {
    ...whole,
    ...{ cpuSeconds: round(whole.cpuSeconds), plainCpuSeconds: round(whole.plainCpuSeconds) },
    megabytesWhileParsing: megabytes,
    megabytesPerCpuSecond: round(whole.bytes / whole.cpuSeconds / 1e6, 1),
    storedRows: stored.bare.rows,
    storedSeconds: round(storedSeconds),
    bareCopySeconds: round(stored.bare.seconds),
    ratio: {
      cpuToPlainParsing: round(whole.cpuSeconds / whole.plainCpuSeconds),
      storingToBareCopy: round(storedSeconds / stored.bare.seconds),
    },
    perFeed,
  };
};

async function normalise({ name, files }: MirroredFeed) {
  const counts = { records: 0, problems: 0, megabytes: 0 };
  const before = process.cpuUsage();
  for await (const item of feeds[name].parse(files)) {
    if ('problem' in item) counts.problems++;
    if ('advisory' in item && ++counts.records % 5_000 === 0) counts.megabytes = Math.max(counts.megabytes, resident());
  }
  return { ...counts, megabytes: Math.max(counts.megabytes, resident()), cpuSeconds: secondsSince(before) };
}

/** Archives are read through the feed's own reader, for that is what unpacks them. */
async function readPlainly({ name, files }: MirroredFeed): Promise<Cost> {
  const seen = new Set<string>();
  const cost = { bytes: 0, cpuSeconds: 0 };
  const take = (bytes: Buffer) => {
    cost.bytes += bytes.length;
    parse(bytes);
  };
  const before = process.cpuUsage();
  await feeds[name].fetch({
    async file(wanted) {
      if (!files.has(wanted.name) || seen.has(wanted.name)) return files.has(wanted.name);
      seen.add(wanted.name);
      if (wanted.mirrorPaths.some((path) => /\.(?:zip|tar\S*)$/.test(path))) {
        for await (const entry of files.openArchive(wanted.name)) take(Buffer.from(entry.bytes));
      } else {
        const chunks: Uint8Array[] = [];
        for await (const chunk of files.open(wanted.name)) chunks.push(chunk);
        take(Buffer.concat(chunks));
      }
      return true;
    },
    open: (file) => files.open(file),
  });
  return { ...cost, cpuSeconds: secondsSince(before) };
}

function parse(bytes: Buffer): void {
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text);
  } catch {
    for (const line of text.startsWith('{') ? text.trimEnd().split('\n') : []) JSON.parse(line);
  }
}

const resident = () => Math.round(process.memoryUsage.rss() / 2 ** 20);

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
