import { growthExponent } from '../measure/growth.ts';
import { round } from '../measure/percentile.ts';
import type { Usage } from '../measure/usage.ts';
import type { Benchmark, Figures } from './benchmark.ts';

/**
 * Runs a benchmark with a quarter of the hosts, half of them and all, and adds how its CPU grows with hosts. What grows
 * faster than hosts do (above 1) is a mistake; lists should hardly grow at all.
 */
export const atThreeSizes =
  (benchmark: Benchmark): Benchmark =>
  async (options, print) => {
    const runs: { hosts: number; figures: Figures & Usage }[] = [];
    for (const part of [4, 2, 1]) {
      const hosts = Math.max(1, Math.round(options.hosts / part));
      print(`with ${hosts} hosts`);
      runs.push({ hosts, figures: await benchmark({ ...options, hosts }, print) });
    }
    const points = runs.map(({ hosts, figures }) => ({
      size: hosts,
      cost: figures.serverCpuSeconds + figures.databaseCpuSeconds,
    }));
    const smaller = runs.slice(0, -1).map(({ hosts, figures }) => ({ hosts, ...figures }));
    return { ...(runs.at(-1)?.figures as Figures & Usage), growthExponent: round(growthExponent(points)), smaller };
  };
