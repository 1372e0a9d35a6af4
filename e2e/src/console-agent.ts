import type { CheckInAnswer, TaskReport, TaskResult } from '@flotilla/contract/agent';
import { OS_DEBIAN, type Tables, tableOf } from '../../server/src/testing/test-host.ts';

/** A host with Flotilla's agent by hand: it does one step of its work when told to, and installs nothing. */
export interface SteppingAgent {
  /** Answers every query, by the table named in it. */
  report(tables: Tables): Promise<void>;
  /** Takes the next task without beginning it. @returns whether there was one */
  take(): Promise<boolean>;
  /** Begins what it took. */
  accept(): Promise<void>;
  /** Says where it is with what it began. */
  step(step: 'downloading' | 'installing' | 'uninstalling'): Promise<void>;
  finish(result: TaskResult): Promise<void>;
}

/** Enrols such a host. */
export async function enrolSteppingAgent(serverUrl: string, secret: string, name: string): Promise<SteppingAgent> {
  const { orbit_node_key: nodeKey } = await post<{ orbit_node_key: string }>(`${serverUrl}/api/fleet/orbit/enroll`, {
    enroll_secret: secret,
    hardware_uuid: name,
    osquery_identifier: name,
    hostname: name,
    platform: 'debian',
  });
  let sequence = 0;
  let task = { id: '', attempt: 0 };
  /** Asked in any answer; nothing that was asked may be lost. */
  let asked: Record<string, string> = {};
  const call = async (more: object) => {
    sequence += 1;
    const body = { node_key: nodeKey, protocol: 1, sequence, agent_version: 'test', capabilities: [], ...more };
    const answer = await post<CheckInAnswer>(`${serverUrl}/api/v1/flotilla/agent/check-in`, body);
    asked = { ...asked, ...answer.queries };
    return answer;
  };
  const say = async (report: TaskReport) => {
    await call({ tasks: [report] });
  };
  return {
    async report(tables) {
      await call({});
      while (Object.keys(asked).length > 0) {
        const answers = answersTo(asked, tables);
        asked = {};
        await call({ answers });
      }
    },
    async take() {
      const [offer] = (await call({})).offers;
      if (offer) task = offer;
      return offer !== undefined;
    },
    accept: () => say({ ...task, state: 'accepted' }),
    step: (step) => say({ ...task, state: 'progress', step }),
    finish: (result) => say({ ...task, state: 'finished', result }),
  };
}

function answersTo(queries: Record<string, string>, given: Tables) {
  const tables: Tables = { os_version: [OS_DEBIAN], kernel_info: [{ running: '6.1.0-18-amd64' }], ...given };
  const names = Object.keys(queries);
  return {
    queries: Object.fromEntries(names.map((name) => [name, tables[tableOf(queries[name] ?? '')] ?? []])),
    statuses: Object.fromEntries(names.map((name) => [name, 0])),
    messages: {},
  };
}

async function post<T>(url: string, body: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}
