import { cpus } from 'node:os';
import { advisoryLatency } from './benchmarks/advisory-latency.ts';
import { agent } from './benchmarks/agent.ts';
import { atThreeSizes } from './benchmarks/at-sizes.ts';
import type { Benchmark, EngineBenchmark } from './benchmarks/benchmark.ts';
import { checkInIdle } from './benchmarks/check-in-idle.ts';
import { enrolStorm } from './benchmarks/enrol-storm.ts';
import { feedLoad } from './benchmarks/feed-load.ts';
import { findingLatency } from './benchmarks/finding-latency.ts';
import { ingestChanged, ingestUnchanged } from './benchmarks/ingest.ts';
import { installFanOut } from './benchmarks/install-fan-out.ts';
import { list } from './benchmarks/list.ts';
import { match } from './benchmarks/match.ts';
import { matchEndToEnd } from './benchmarks/match-end-to-end.ts';
import { nudge } from './benchmarks/nudge.ts';
import { soak } from './benchmarks/soak.ts';
import { web } from './benchmarks/web.ts';
import { readOptions } from './options.ts';
import { simulate } from './simulator/simulate.ts';

const benchmarks: Record<string, Benchmark> = {
  'enrol-storm': enrolStorm,
  'ingest-unchanged': ingestUnchanged,
  'ingest-changed': ingestChanged,
  'check-in-idle': checkInIdle,
  list,
  'finding-latency': findingLatency,
  'advisory-latency': advisoryLatency,
  'install-fan-out': installFanOut,
  nudge,
  soak,
  agent,
  web,
};

const engineBenchmarks: Record<string, EngineBenchmark> = {
  match,
  'match-end-to-end': matchEndToEnd,
  'feed-load': feedLoad,
};

const USAGE = `Usage: npm run bench -- NAME [--hosts 2000] [--total 100000] [--software 300] [--seed 1] [--connections 64] [--churn 0.02]
                            [--growth]
  NAME is one of ${Object.keys({ ...benchmarks, ...engineBenchmarks }).join(', ')}.
  --total fills the database up with copies of the hosts that delivered; of match-end-to-end it is how much software is judged.
  --growth runs it at three sizes and says how its cost grows.
       npm run bench -- simulate --server-url http://127.0.0.1:8080 --secret SECRET [--hosts 50] [--seconds 0]`;

/** Progress goes to stderr, so that stdout is the figures alone. */
const print = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.name === 'simulate') {
    if (!options.serverUrl || !options.secret) throw new Error(USAGE);
    await simulate(options, print);
    return;
  }
  const machine = { cores: cpus().length, node: process.version };
  const ofEngine = engineBenchmarks[options.name];
  if (ofEngine) {
    const figures = await ofEngine(options, print);
    process.stdout.write(`${JSON.stringify({ name: options.name, seed: options.seed, ...machine, ...figures })}\n`);
    return;
  }
  const benchmark = benchmarks[options.name];
  if (!benchmark) throw new Error(USAGE);
  const figures = await (options.growth ? atThreeSizes(benchmark) : benchmark)(options, print);
  const { name, hosts, total, software, seed } = options;
  process.stdout.write(`${JSON.stringify({ name, hosts, total, software, seed, ...machine, ...figures })}\n`);
}

main().catch((error: unknown) => {
  print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
