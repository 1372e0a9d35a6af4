import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import type { Benchmark } from './benchmark.ts';
import { type ListCase, listCases, readersOf } from './list-cases.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const TIMES = 25;
const LIMIT_MILLISECONDS = 100;

interface Measured extends ListCase {
  p50: number;
  p95: number;
  bytes: number;
}

/** Every list, by every order, its first and a deep page, and with a search. One reader at a time. */
export const list: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const cases = readersOf(loaded, await listCases(loaded));
    const measured: Measured[] = [];
    const usage = await measureUsage(loaded.server, async () => {
      for (const each of cases) measured.push(await measureCase(loaded, each));
    });
    for (const { name, p50, p95 } of measured) {
      print(`${p50.toFixed(1).padStart(7)} ${p95.toFixed(1).padStart(7)} ms  ${name}`);
    }
    const trivial = await measureCase(loaded, { name: 'healthz', path: '/healthz' });
    const all = measured.map((each) => each.p95);
    const slowest = measured.toSorted((a, b) => b.p95 - a.p95);
    return {
      ...usage,
      lists: measured.length,
      p50Milliseconds: round(
        percentile(
          measured.map((each) => each.p50),
          0.5,
        ),
      ),
      worstP95Milliseconds: round(Math.max(...all)),
      overLimit: slowest.filter((each) => each.p95 > LIMIT_MILLISECONDS).map((each) => each.name),
      slowest: slowest.slice(0, 5).map(({ name, p95 }) => ({ name, p95: round(p95) })),
      emptyAnswerP50Milliseconds: round(trivial.p50),
      ratio: {
        medianToEmptyAnswer: round(
          percentile(
            measured.map((each) => each.p50),
            0.5,
          ) / trivial.p50,
          1,
        ),
      },
    };
  });

async function measureCase(
  { server, fleet }: Loaded,
  { name, path, token = server.token }: ListCase,
): Promise<Measured> {
  const milliseconds: number[] = [];
  let size = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    const { status, json, bytes } = await fleet.around.wire.send({ method: 'GET', path, token });
    milliseconds.push(performance.now() - began);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(json)}`);
    size = bytes;
  }
  return { name, path, p50: percentile(milliseconds, 0.5), p95: percentile(milliseconds, 0.95), bytes: size };
}
