import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import { createMemoryIndex, type MemoryIndex } from '@flotilla/engine/matching/memory-index';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import { feeds } from '@flotilla/feeds/feeds';
import { mirroredFeeds } from '../engine/mirror.ts';
import { mixedSoftware } from '../engine/mixed-software.ts';
import { nvdNames } from '../engine/nvd-names.ts';
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

/** Vulnerabilities that the names of NVD have, in the mean, where each of few names has many. */
const MEAN_AFFECTED = 50;
/** Seconds of CPU that nvdtools' `cpe2cve` takes for such names with 147,917 vulnerabilities, measured elsewhere. */
const CPE2CVE = { names: 20_000, cpuSeconds: 26 };

/**
 * 200,000 different software against all advisories of the mirror, and 20,000 names of NVD with many vulnerabilities each: from
 * keys in memory to verdicts, on one thread.
 */
export const match: EngineBenchmark = async ({ seed, growth }, print) => {
  const index = createMemoryIndex();
  print('reading the feeds');
  for (const { name, files } of await mirroredFeeds()) {
    for await (const item of feeds[name].parse(files)) if ('advisory' in item) index.add(item.advisory);
  }
  const mixed = mixedSoftware(index, randomFrom(`match ${seed}`), { count: COUNT, mean: MEAN_RANGES });
  const runs = [];
  for (const part of growth ? [4, 2, 1] : [1]) {
    const some = mixed.software.filter((_, at) => at % part === 0);
    print(`judging ${some.length} software`);
    runs.push({ count: some.length, ...judge(workloadOf(some, index)) });
  }
  print('drawing names of NVD');
  const names = nvdNames(index, randomFrom(`names ${seed}`), { count: CPE2CVE.names, mean: MEAN_AFFECTED });
  print(`judging ${CPE2CVE.names} names`);
  const ofNames = judge(workloadOf(names.software, index));
  const whole = runs.at(-1) as (typeof runs)[number];
  const points = runs.map(({ count, cpuSeconds }) => ({ size: count, cost: cpuSeconds }));
  return {
    ...whole,
    meanRanges: round(mixed.meanRanges, 1),
    microsecondsEach: round((whole.cpuSeconds / whole.count) * 1e6, 2),
    ratio: {
      cpuToParsing: round(whole.cpuSeconds / whole.parseCpuSeconds),
      cpe2cveToNames: round(CPE2CVE.cpuSeconds / ofNames.cpuSeconds),
    },
    names: { count: CPE2CVE.names, meanAffected: round(names.meanAffected, 1), ...ofNames },
    ...(growth && { growthExponent: round(growthExponent(points)), smaller: runs.slice(0, -1) }),
  };
};

/** The software, then what is said under its keys: lines of JSON. */
function* workloadOf(software: readonly SoftwareIdentity[], index: MemoryIndex): Generator<string> {
  for (const each of software) yield JSON.stringify({ software: each });
  for (const key of new Set(software.flatMap(lookupKeysOf))) {
    yield JSON.stringify({ key, candidates: index.candidates(key) });
  }
}

/** In a process of its own, whose memory is then that of judging. */
function judge(lines: Iterable<string>): Judged {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-match-'));
  try {
    const path = join(folder, 'workload.ndjson');
    const file = openSync(path, 'w');
    for (const line of lines) writeSync(file, `${line}\n`);
    closeSync(file);
    const program = fileURLToPath(new URL('../engine/judge-workload.ts', import.meta.url));
    return JSON.parse(execFileSync(process.execPath, [program, path], { encoding: 'utf8' })) as Judged;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
