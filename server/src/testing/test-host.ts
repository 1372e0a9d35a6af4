import type { Row } from '../kernel/host-queries.ts';
import type { TestServer } from './test-server.ts';

/** Rows by the osquery table they come from. */
export type Tables = Record<string, Row[]>;

/** A host that speaks osquery's protocol and answers by the table named in the SQL. */
export interface TestHost {
  nodeKey: string;
  /** Polls until nothing is asked any more, answering from `tables`. @returns the names that were asked */
  report(tables: Tables): Promise<string[]>;
  /** Sends answers as they are. */
  write(body: Record<string, unknown>): Promise<{ status: number; body: Record<string, unknown> }>;
  read(): Promise<Record<string, string>>;
}

export const OS_DEBIAN: Row = {
  name: 'Debian GNU/Linux',
  version: '12 (bookworm)',
  major: '12',
  minor: '0',
  platform: 'debian',
  platform_like: '',
  codename: 'bookworm',
  arch: 'x86_64',
};

export const deb = (name: string, version = '1.0-1'): Row => ({ name, version, source_package: '', arch: 'amd64' });

export async function post(server: TestServer, path: string, payload: object | string) {
  const response = await server.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/json' },
    payload,
  });
  const body = response.body === '' ? {} : response.json<Record<string, unknown>>();
  return { status: response.statusCode, body };
}

export async function enrolHost(server: TestServer, identifier: string, os: Row = OS_DEBIAN): Promise<TestHost> {
  const { body } = await post(server, '/api/osquery/enroll', {
    enroll_secret: server.enrolSecret,
    host_identifier: identifier,
    host_details: { os_version: os, system_info: { hostname: identifier, uuid: identifier, hardware_serial: '' } },
  });
  const nodeKey = String(body.node_key);
  const host: TestHost = {
    nodeKey,
    write: (answers) => post(server, '/api/osquery/distributed/write', { node_key: nodeKey, ...answers }),
    async read() {
      const answer = await post(server, '/api/osquery/distributed/read', { node_key: nodeKey });
      return answer.body.queries as Record<string, string>;
    },
    report: (tables) => reportAll(host, { os_version: [os], kernel_info: [{ running: '6.1.0-18-amd64' }], ...tables }),
  };
  return host;
}

async function reportAll(host: TestHost, tables: Tables): Promise<string[]> {
  const asked: string[] = [];
  for (;;) {
    const queries = await host.read();
    const names = Object.keys(queries);
    if (names.length === 0) return asked;
    asked.push(...names);
    const answers = Object.fromEntries(names.map((name) => [name, tables[tableOf(queries[name] ?? '')] ?? []]));
    const { status, body } = await host.write({
      queries: answers,
      statuses: Object.fromEntries(names.map((name) => [name, 0])),
    });
    if (status !== 200) throw new Error(`write answered ${status}: ${JSON.stringify(body)}`);
  }
}

/** The first table of the query that is not one it merely joins. */
export function tableOf(sql: string): string {
  const tables = [...sql.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+)/gi)].map((match) => match[1] ?? '');
  return tables.find((table) => table !== 'users' || tables.length === 1) ?? '';
}
