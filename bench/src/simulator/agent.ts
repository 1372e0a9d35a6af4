import type { AgentTask, CheckInAnswer, TaskReport } from '@flotilla/contract/agent';
import { type AgentStream, openStream, type Told } from './agent-stream.ts';
import type { Host, Surroundings } from './host.ts';

/** A simulated machine with Flotilla's agent on it. */
export interface Agent {
  host: Host;
  /** Moments at which its stream told it something. */
  told: Told[];
  /** Tasks that were begun, as `id attempt`: what a real one would have run. */
  begun: string[];
  /** When it was told to begin one, by `performance.now()`. */
  begunAt: number[];
  close(): void;
}

export interface AgentWorld {
  around: Surroundings;
  origin: string;
  /** Whether the installation fails on this machine. */
  fails: (host: Host) => boolean;
}

/** Enrols a machine by its agent, and keeps it answering what the server wants until it is closed. */
export async function startAgent(world: AgentWorld, host: Host): Promise<Agent> {
  const nodeKey = await enrol(world.around, host);
  const state = { sequence: 0, isClosed: false, isBusy: false, again: false };
  const agent: Agent = { host, told: [], begun: [], begunAt: [], close: () => {} };
  let stream: AgentStream | null = null;
  const wake = async () => {
    state.again = true;
    if (state.isBusy) return;
    state.isBusy = true;
    while (state.again && !state.isClosed) {
      state.again = false;
      await exchange(world, agent, { nodeKey, state }).catch((error: Error) => world.around.note(error.message));
    }
    state.isBusy = false;
  };
  stream = await openStream(world.origin, nodeKey, (told) => {
    agent.told.push(told);
    void wake();
  });
  agent.close = () => {
    state.isClosed = true;
    stream?.close();
  };
  return agent;
}

async function enrol({ wire, secret }: Surroundings, { machine }: Host): Promise<string> {
  const { json } = await wire.send({
    method: 'POST',
    path: '/api/fleet/orbit/enroll',
    body: JSON.stringify({
      enroll_secret: secret,
      hardware_uuid: machine.uuid,
      hardware_serial: machine.serial,
      hostname: machine.hostname,
      platform: machine.distribution.os.platform ?? '',
    }),
  });
  const { orbit_node_key: key } = json as { orbit_node_key?: string };
  if (key === undefined) throw new Error(`the server refuses to enrol an agent: ${JSON.stringify(json)}`);
  return key;
}

interface Speaking {
  nodeKey: string;
  state: { sequence: number };
}

/** Calls until there is nothing more to say or to do. */
async function exchange(world: AgentWorld, agent: Agent, speaking: Speaking): Promise<void> {
  let more: Record<string, unknown> = {};
  for (;;) {
    const answer = await call(world.around, more, speaking);
    const tasks: TaskReport[] = [
      ...answer.offers.map((ref): TaskReport => ({ ...ref, state: 'accepted' })),
      ...answer.run.flatMap((task) => run(world, agent, task)),
    ];
    const asked = Object.entries(answer.queries);
    if (asked.length === 0 && tasks.length === 0) return;
    more = { ...(tasks.length > 0 && { tasks }), ...(asked.length > 0 && { answers: answers(world, agent, asked) }) };
  }
}

async function call({ wire }: Surroundings, more: Record<string, unknown>, speaking: Speaking): Promise<CheckInAnswer> {
  speaking.state.sequence += 1;
  const { status, json } = await wire.send({
    method: 'POST',
    path: '/api/v1/flotilla/agent/check-in',
    body: JSON.stringify({
      node_key: speaking.nodeKey,
      protocol: 1,
      sequence: speaking.state.sequence,
      agent_version: 'simulated',
      capabilities: [],
      ...more,
    }),
  });
  if (status !== 200) throw new Error(`check-in answered ${status} ${JSON.stringify(json)?.slice(0, 200)}`);
  return json as CheckInAnswer;
}

/** As a journal would have it: what was begun is never begun again. */
function run({ fails }: AgentWorld, agent: Agent, task: AgentTask): TaskReport[] {
  const { id, attempt, environment } = task;
  const name = `${id} ${attempt}`;
  if (agent.begun.includes(name)) return [];
  agent.begun.push(name);
  agent.begunAt.push(performance.now());
  const failed = fails(agent.host);
  const { machine } = agent.host;
  if (!failed && task.kind === 'install')
    machine.local.set(environment.PACKAGE_NAME ?? '', environment.PACKAGE_VERSION ?? '');
  if (!failed && task.kind === 'uninstall') machine.local.delete(environment.PACKAGE_NAME ?? '');
  machine.version += 1;
  const step = {
    step: task.kind,
    exit_code: failed ? 1 : 0,
    output: '',
    cut: false,
    timed_out: false,
    runtime_seconds: 0,
  };
  const reason = failed ? 'the install script ended with exit code 1' : '';
  return [
    { id, attempt, state: 'finished', result: { outcome: failed ? 'failed' : 'succeeded', reason, steps: [step] } },
  ];
}

function answers({ around }: AgentWorld, { host }: Agent, asked: [name: string, sql: string][]) {
  const all = asked.map(([name, sql]) => [name, around.osquery.answer(host.machine, sql)] as const);
  return {
    queries: Object.fromEntries(all.map(([name, answer]) => [name, JSON.parse(answer.rows) as unknown])),
    statuses: Object.fromEntries(all.map(([name, answer]) => [name, answer.status])),
    messages: Object.fromEntries(all.map(([name, answer]) => [name, answer.message])),
  };
}
