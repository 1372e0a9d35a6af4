import { setTimeout as delay } from 'node:timers/promises';
import type { Rollout } from '@flotilla/contract/updates';
import { buildDeb } from '../../../server/src/testing/test-package.ts';
import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { type Agent, type AgentWorld, startAgent } from '../simulator/agent.ts';
import { concurrently } from '../simulator/concurrently.ts';
import { randomFrom } from '../simulator/random.ts';
import type { Benchmark } from './benchmark.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const NAME = 'flotilla-simulated-tool';
const FAILING_SHARE = 0.05;
const GATE = { success_share: 0.97, minimum_successes: 10 };
const AT_ONCE = 128;
const GIVE_UP_SECONDS = 600;
/** How long nothing may begin after the stop, before it counts as held. */
const QUIET_SECONDS = 3;

/**
 * One rollout to all hosts with an agent, of which five of a hundred fail: it has to halt before its second ring. Then it
 * goes on in spite of that, and in the middle everything is stopped.
 */
export const installFanOut: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const world = createWorld(loaded);
    const agents = await startAgents(loaded, world);
    print(`${agents.length} agents are connected; uploading and rolling out`);
    const titleId = await upload(loaded);
    try {
      await until('all hosts are behind', async () => (await countBehind(loaded, titleId)) === agents.length);
      const { usage, rollout, latencies } = await rollOutToFirstRing(loaded, agents, titleId);
      const stopped = await stopInSecondRing(loaded, agents, rollout.id);
      const finished = await finish(loaded, rollout.id);
      return {
        ...usage,
        agents: agents.length,
        firstRing: rollout.rings[0]?.funnel,
        secondRingBeforeResume: rollout.rings[1]?.funnel,
        haltReason: rollout.reason,
        beginP50Milliseconds: round(percentile(latencies, 0.5), 0),
        beginP95Milliseconds: round(percentile(latencies, 0.95), 0),
        ...stopped,
        finalState: finished.state,
        finalFunnels: finished.rings.map((ring) => ring.funnel),
        begunTwice: agents.reduce((sum, agent) => sum + agent.begun.length - new Set(agent.begun).size, 0),
      };
    } finally {
      for (const agent of agents) agent.close();
    }
  });

function createWorld({ fleet, server }: Loaded): AgentWorld {
  const fails = new Map(
    fleet.hosts.map((host) => [host, randomFrom(`${host.machine.uuid} fails`).chance(FAILING_SHARE)]),
  );
  return { around: fleet.around, origin: server.origin, fails: (host) => fails.get(host) ?? false };
}

/** All Debian-like hosts, each with an older version than the library will have. */
async function startAgents({ fleet, print }: Loaded, world: AgentWorld): Promise<Agent[]> {
  const hosts = fleet.hosts.filter((host) => host.machine.distribution.family === 'deb');
  const agents: Agent[] = [];
  await concurrently(hosts, AT_ONCE, async (host) => {
    host.machine.local.set(NAME, '1.0');
    host.machine.version += 1;
    agents.push(await startAgent(world, host));
    if (agents.length % 500 === 0) print(`${agents.length} agents connected`);
  });
  return agents;
}

async function upload({ server }: Loaded): Promise<number> {
  const form = new FormData();
  form.append('software', new Blob([new Uint8Array(await buildDeb(NAME, '1.1'))]), `${NAME}.deb`);
  const response = await fetch(`${server.origin}/api/v1/fleet/software/package`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
    body: form,
  });
  const body = (await response.json()) as { software_package?: { title_id: number } };
  if (!body.software_package) throw new Error(`the upload answered ${JSON.stringify(body)}`);
  return body.software_package.title_id;
}

/** On a connection of its own: a person does not wait behind the hosts of a simulator. */
async function send<T>(
  { server }: Loaded,
  { method, path, body }: { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: object },
): Promise<T> {
  const answer = await fetch(`${server.origin}/api/v1/flotilla/${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function countBehind(loaded: Loaded, titleId: number): Promise<number> {
  const path = `updates/behind?title_id=${titleId}`;
  const { behind } = await send<{ behind: { hosts_count: number }[] }>(loaded, { method: 'GET', path });
  return behind[0]?.hosts_count ?? 0;
}

const readRollout = async (loaded: Loaded, id: number) =>
  (await send<{ rollout: Rollout }>(loaded, { method: 'GET', path: `rollouts/${id}` })).rollout;

/** From the request to the halt, and how long hosts took to begin. */
async function rollOutToFirstRing(loaded: Loaded, agents: Agent[], titleId: number) {
  for (const agent of agents) agent.begunAt = [];
  const began = performance.now();
  let rollout: Rollout | undefined;
  const usage = await measureUsage(loaded.server, async () => {
    const body = { title_id: titleId, first_ring_percent: 20, gate: GATE };
    const created = await send<{ rollout: Rollout }>(loaded, { method: 'POST', path: 'rollouts', body });
    await until('the rollout halts', async () => {
      rollout = await readRollout(loaded, created.rollout.id);
      return rollout.state !== 'running';
    });
  });
  if (rollout?.state !== 'halted') throw new Error(`the rollout is ${rollout?.state}, not halted`);
  loaded.print(`halted: ${rollout.reason}`);
  const latencies = agents.flatMap((agent) => agent.begunAt.slice(0, 1).map((at) => at - began));
  return { usage, rollout, latencies };
}

/** Goes on, and stops everything as soon as the second ring has begun. */
async function stopInSecondRing(loaded: Loaded, agents: Agent[], id: number) {
  const before = agents.reduce((sum, agent) => sum + agent.begun.length, 0);
  const begun = () => agents.reduce((sum, agent) => sum + agent.begun.length, 0) - before;
  await send(loaded, { method: 'POST', path: `rollouts/${id}/resume`, body: {} });
  await until('the second ring begins', async () => begun() > 20);
  for (const agent of agents) agent.told = [];
  const asked = performance.now();
  await send(loaded, { method: 'POST', path: 'stop', body: { reason: 'a benchmark' } });
  const answered = performance.now();
  const stopAt = (agent: Agent) => agent.told.find((told) => told.event === 'stop')?.at;
  await until('every agent is told', async () => agents.every((agent) => stopAt(agent) !== undefined));
  const latencies = agents.map((agent) => (stopAt(agent) ?? 0) - asked);
  await delay(500);
  const atStop = begun();
  await delay(QUIET_SECONDS * 1000);
  return {
    stopAnsweredMilliseconds: round(answered - asked, 0),
    stopP50Milliseconds: round(percentile(latencies, 0.5), 0),
    stopMostMilliseconds: round(Math.max(...latencies), 0),
    begunAfterStop: begun() - atStop,
    waitedAtStop: agents.length - begun(),
  };
}

async function finish(loaded: Loaded, id: number): Promise<Rollout> {
  await send(loaded, { method: 'DELETE', path: 'stop' });
  let rollout = await readRollout(loaded, id);
  const isOpen = () =>
    rollout.rings.some(({ funnel }) => funnel.queued + funnel.running + funnel.reported > 0) &&
    rollout.state !== 'done';
  await until('every task is over', async () => {
    rollout = await readRollout(loaded, id);
    if (rollout.state === 'halted') await send(loaded, { method: 'POST', path: `rollouts/${id}/resume`, body: {} });
    return !isOpen();
  });
  return rollout;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + GIVE_UP_SECONDS * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`after ${GIVE_UP_SECONDS} seconds it is not so that ${what}`);
    await delay(100);
  }
}
