import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { call, startAgent } from '../server/running-agent.ts';
import { startServer } from '../server/running-server.ts';
import { startSecondProcess } from '../server/second-process.ts';
import type { Benchmark } from './benchmark.ts';

const ROUNDS = 40;
/** After a script, until the agent has nothing more to say and waits. */
const REST_MS = 1000;
const POLL_MS = 100;
const HOUR = 3600;

/**
 * How long after a person asked for it a script begins on a host with the real agent: when the process that took the request
 * holds the stream of the agent, and when another process of the same server does.
 */
export const nudge: Benchmark = async (_options, print) => {
  const server = await startServer({ inventoryIntervalSeconds: HOUR, mirror: {}, print, keep: '' });
  const folder = await mkdtemp(join(tmpdir(), 'flotilla-bench-nudge-'));
  const stops = [server.stop];
  try {
    const second = await startSecondProcess(server);
    stops.push(second.stop);
    print('the first inventory');
    // With the second: the first moves tasks on, as it came first, and nudges its own agents once more then.
    const agent = await startAgent({ ...server, tlsOrigin: second.tlsOrigin });
    stops.push(agent.stop);
    const own: number[] = [];
    const other: number[] = [];
    print(`${ROUNDS} scripts by each process`);
    const usage = await measureUsage(server, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        own.push(await timeScript(second, agent.host.id, join(folder, `own-${round}`)));
        other.push(await timeScript(server, agent.host.id, join(folder, `other-${round}`)));
      }
    });
    return { ...usage, scripts: ROUNDS, sameProcess: figuresOf(own), otherProcess: figuresOf(other) };
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
};

type Server = Parameters<typeof call>[0];

/** @returns milliseconds from the request to the first command of the script; both clocks are the one of this machine */
async function timeScript(server: Server, hostId: number, file: string): Promise<number> {
  await delay(REST_MS);
  const asked = Date.now();
  const { execution_id: id } = await call<{ execution_id: string }>(server, 'POST', '/api/v1/fleet/scripts/run', {
    host_id: hostId,
    script_contents: `date +%s%N > '${file}'`,
  });
  const isOver = async () =>
    (await call<{ task: { is_over: boolean } }>(server, 'GET', `/api/v1/flotilla/tasks/${id}`)).task.is_over;
  while (!(await isOver())) await delay(POLL_MS);
  return Number(await readFile(file, 'utf8')) / 1e6 - asked;
}

const figuresOf = (values: number[]) => ({
  p50Milliseconds: round(percentile(values, 0.5), 0),
  p95Milliseconds: round(percentile(values, 0.95), 0),
  worstMilliseconds: round(Math.max(...values), 0),
});
