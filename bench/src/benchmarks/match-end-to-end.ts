import { createMemoryIndex } from '@flotilla/engine/matching/memory-index';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import { feeds } from '@flotilla/feeds/feeds';
import { sql } from 'kysely';
import type { Context } from '../../../server/src/kernel/context.ts';
import { judgeWanted } from '../../../server/src/vulnerabilities/index.ts';
import { type MirroredFeed, mirroredFeeds } from '../engine/mirror.ts';
import { mixedSoftware } from '../engine/mixed-software.ts';
import { cpuWithChildren } from '../measure/cpu.ts';
import { growthExponent } from '../measure/growth.ts';
import { round } from '../measure/percentile.ts';
import { withOwnDatabase } from '../server/database-system.ts';
import type { Postmaster } from '../server/running-server.ts';
import { randomFrom } from '../simulator/random.ts';
import type { EngineBenchmark } from './benchmark.ts';
import { insertSoftware } from './insert-software.ts';
import { storeFeeds } from './store-feeds.ts';

const COUNT = 200_000;
const MEAN_RANGES = 10;

/**
 * Different software that waits in the database is judged by all advisories of the mirror, until all findings are written, the
 * way the server does it. Beside it the same is judged anew, when nothing differs and nothing is written but that it was.
 */
export const matchEndToEnd: EngineBenchmark = async ({ seed, growth, total }, print) => {
  const mirrored = await mirroredFeeds();
  print('reading the feeds');
  const index = createMemoryIndex();
  for (const { name, files } of mirrored) {
    for await (const item of feeds[name].parse(files)) if ('advisory' in item) index.add(item.advisory);
  }
  const { software, meanRanges } = mixedSoftware(index, randomFrom(`match ${seed}`), {
    count: total || COUNT,
    mean: MEAN_RANGES,
  });
  const runs = [];
  for (const part of growth ? [4, 2, 1] : [1]) {
    const some = software.filter((_, at) => at % part === 0);
    runs.push(await judgeInDatabase(some, mirrored, print));
  }
  const whole = runs.at(-1) as (typeof runs)[number];
  const points = runs.map(({ count, wallSeconds }) => ({ size: count, cost: wallSeconds }));
  return {
    ...whole,
    meanRanges: round(meanRanges, 1),
    ...(growth && { growthExponent: round(growthExponent(points)), smaller: runs.slice(0, -1) }),
  };
};

const judgeInDatabase = (
  software: readonly SoftwareIdentity[],
  mirrored: MirroredFeed[],
  print: (line: string) => void,
) =>
  withOwnDatabase(async (system, postmaster) => {
    await storeFeeds(system, mirrored, print);
    print(`inserting ${software.length} software`);
    await insertSoftware(postmaster, software);
    print('judging');
    const first = await measure(system, postmaster);
    print('judging anew');
    await sql`insert into vulnerabilities.software_to_judge (software_id, since, why)
      select id, now(), 'again' from inventory.software`.execute(system.db);
    const again = await measure(system, postmaster);
    const { rows } = await sql<{ findings: number }>`
      select count(*)::int as findings from vulnerabilities.finding`.execute(system.db);
    return {
      count: software.length,
      findings: rows[0]?.findings ?? 0,
      ...first,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
      again,
      ratio: { wallToJudgingAnew: round(first.wallSeconds / again.wallSeconds) },
    };
  });

async function measure(system: Context, { pid }: Postmaster) {
  const before = { wall: performance.now(), own: process.cpuUsage(), database: cpuWithChildren(pid) };
  await judgeWanted(system);
  const { user, system: inKernel } = process.cpuUsage(before.own);
  return {
    wallSeconds: round((performance.now() - before.wall) / 1000),
    serverCpuSeconds: round((user + inKernel) / 1e6),
    databaseCpuSeconds: round(cpuWithChildren(pid) - before.database),
  };
}
