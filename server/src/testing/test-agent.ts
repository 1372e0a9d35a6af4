import { randomUUID } from 'node:crypto';
import type { CheckInAnswer, TaskRef, TaskReport, TaskResult } from '@flotilla/contract/agent';
import type { Row } from '../kernel/host-queries.ts';
import { OS_DEBIAN, post, type Tables, tableOf } from './test-host.ts';
import type { TestServer } from './test-server.ts';

/** A host that speaks as Flotilla's agent does, and answers queries by the table named in their SQL. */
export interface TestAgent {
  hostId: number;
  nodeKey: string;
  /** One call. */
  checkIn(tasks?: TaskReport[]): Promise<CheckInAnswer>;
  /** Calls until nothing is asked any more. @returns the last answer */
  report(tables: Tables): Promise<CheckInAnswer>;
  /** Takes the next task and accepts it. @returns what is to run; null when nothing is offered, or it is dropped */
  accept(): Promise<CheckInAnswer['run'][number] | null>;
  finish(ref: TaskRef, result?: Partial<TaskResult>): Promise<CheckInAnswer>;
}

export async function enrolAgent(
  server: TestServer,
  identifier: string = randomUUID(),
  os: Row = OS_DEBIAN,
): Promise<TestAgent> {
  const { body } = await post(server, '/api/fleet/orbit/enroll', {
    enroll_secret: server.enrolSecret,
    hardware_uuid: identifier,
    osquery_identifier: identifier,
    hostname: `host-${identifier.slice(0, 8)}`,
    platform: os.platform ?? '',
  });
  const nodeKey = String(body.orbit_node_key);
  let sequence = 0;
  const call = async (more: object) => {
    sequence += 1;
    const answer = await post(server, '/api/v1/flotilla/agent/check-in', {
      node_key: nodeKey,
      protocol: 1,
      sequence,
      agent_version: 'test',
      capabilities: [],
      ...more,
    });
    if (answer.status !== 200) throw new Error(`check-in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as unknown as CheckInAnswer;
  };
  const rows = await server.system.db
    .selectFrom('hosts.host')
    .select('id')
    .where('identifier', '=', identifier)
    .execute();
  const agent: TestAgent = {
    hostId: rows[0]?.id ?? 0,
    nodeKey,
    checkIn: (tasks) => call(tasks ? { tasks } : {}),
    async report(tables) {
      const all: Tables = { os_version: [os], kernel_info: [{ running: '6.1.0-18-amd64' }], ...tables };
      let answer = await call({});
      while (Object.keys(answer.queries).length > 0) answer = await call({ answers: answersTo(answer.queries, all) });
      return answer;
    },
    async accept() {
      const { offers } = await call({});
      if (offers.length === 0) return null;
      const { run } = await call({ tasks: offers.map((ref) => ({ ...ref, state: 'accepted' })) });
      return run[0] ?? null;
    },
    finish: ({ id, attempt }, result) =>
      call({
        tasks: [{ id, attempt, state: 'finished', result: { outcome: 'succeeded', reason: '', steps: [], ...result } }],
      }),
  };
  return agent;
}

function answersTo(queries: Record<string, string>, tables: Tables) {
  const names = Object.keys(queries);
  return {
    queries: Object.fromEntries(names.map((name) => [name, tables[tableOf(queries[name] ?? '')] ?? []])),
    statuses: Object.fromEntries(names.map((name) => [name, 0])),
    messages: {},
  };
}
