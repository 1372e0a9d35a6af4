import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import { createMemoryIndex } from '@flotilla/engine/matching/memory-index';
import { feeds } from '@flotilla/feeds/feeds';
import { mirroredFeeds } from '../engine/mirror.ts';
import { mixedSoftware } from '../engine/mixed-software.ts';
import { growthExponent } from '../measure/growth.ts';
import { round } from '../measure/percentile.ts';
import { randomFrom } from '../simulator/random.ts';
import type { EngineBenchmark } from './benchmark.ts';

const COUNT = 200_000;
/** Ranges that advisories have about a software of a fleet, in the mean. */
const MEAN_RANGES = 10;

interface Judged {
  wallSeconds: number;
  cpuSeconds: number;
  parseCpuSeconds: number;
  peakMegabytes: number;
}

/** 200,000 different software against all advisories of the mirror: from keys in memory to verdicts, on one thread. */
export const match: EngineBenchmark = async ({ seed, growth }, print) => {
  const index = createMemoryIndex();
  print('reading the feeds');
  for (const { name, files } of await mirroredFeeds()) {
    for await (const item of feeds[name].parse(files)) if ('advisory' in item) index.add(item.advisory);
  }
  const { software, meanRanges } = mixedSoftware(index, randomFrom(`match ${seed}`), {
    count: COUNT,
    mean: MEAN_RANGES,
  });
  const runs = [];
  for (const part of growth ? [4, 2, 1] : [1]) {
    const some = software.filter((_, at) => at % part === 0);
    const keys = [...new Set(some.flatMap(lookupKeysOf))];
    print(`judging ${some.length} software`);
    const lines = [
      ...some.map((each) => ({ software: each })),
      ...keys.map((key) => ({ key, candidates: index.candidates(key) })),
    ];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    runs.push({ count: some.length, keys: keys.length, bytes: text.length, ...judge(text) });
  }
  const whole = runs.at(-1) as (typeof runs)[number];
  const points = runs.map(({ count, cpuSeconds }) => ({ size: count, cost: cpuSeconds }));
  return {
    ...whole,
    meanRanges: round(meanRanges, 1),
    microsecondsEach: round((whole.cpuSeconds / whole.count) * 1e6, 2),
    ratio: { cpuToParsing: round(whole.cpuSeconds / whole.parseCpuSeconds) },
    ...(growth && { growthExponent: round(growthExponent(points)), smaller: runs.slice(0, -1) }),
  };
};

/** In a process of its own, whose memory is then that of judging. */
function judge(text: string): Judged {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-match-'));
  try {
    const path = join(folder, 'workload.ndjson');
    writeFileSync(path, text);
    const program = fileURLToPath(new URL('../engine/judge-workload.ts', import.meta.url));
    return JSON.parse(execFileSync(process.execPath, [program, path], { encoding: 'utf8' })) as Judged;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
