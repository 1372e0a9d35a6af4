import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, setUp } from './api-client.ts';
import { killDatabase } from './kill-database.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

const HOSTS = 5;
const ROUNDS = 9;
const NAME = 'fleet_detail_query_software_deb';

/** A host that reports one random inventory after the other, and remembers what the server acknowledged. */
interface Reporter {
  nodeKey: string;
  acknowledged: string[];
  /** Sent since and not acknowledged: each may have been stored or not. */
  unanswered: string[][];
}

interface Title {
  name: string;
  hosts_count: number;
  versions: { version: string }[];
}

const packages = () =>
  Array.from({ length: 40 }, (_, index) => `package-${index}`)
    .filter(() => Math.random() < 0.8)
    .map((name) => `${name} 1.${Math.floor(Math.random() * 3)}`);

async function send(url: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}/api/osquery/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  return (await answer.json()) as Record<string, unknown>;
}

async function report(url: string, reporter: Reporter): Promise<void> {
  const next = packages();
  reporter.unanswered.push(next);
  const rows = next.map((text) => ({
    name: text.split(' ')[0],
    version: text.split(' ')[1],
    arch: 'amd64',
    source_package: '',
  }));
  const answer = await send(url, 'distributed/write', {
    node_key: reporter.nodeKey,
    queries: { [NAME]: rows },
    statuses: { [NAME]: 0 },
  });
  if ('error' in answer) return;
  reporter.acknowledged = next;
  reporter.unanswered = [];
}

describe('reports while server and database are killed', () => {
  let server: RunningServer;
  let api: ApiClient;
  const reporters: Reporter[] = [];

  beforeAll(async () => {
    server = await startServer();
    api = await setUp(server.httpUrl);
    const { spec } = await api.get<{ spec: { secrets: { secret: string }[] } }>('/api/v1/fleet/spec/enroll_secret');
    for (let index = 1; index <= HOSTS; index += 1) {
      const { node_key } = await send(server.httpUrl, 'enroll', {
        enroll_secret: spec.secrets[0]?.secret,
        host_identifier: `host-${index}`,
        host_details: { os_version: { platform: 'debian', version: '12 (bookworm)', name: 'Debian GNU/Linux' } },
      });
      reporters.push({ nodeKey: String(node_key), acknowledged: [], unanswered: [] });
    }
  });
  afterAll(() => server?.stop());

  /** What the API says is on the host. */
  async function stored(hostId: number): Promise<string[]> {
    const { software } = await api.get<{ software: { name: string; installed_versions: { version: string }[] }[] }>(
      `/api/v1/fleet/hosts/${hostId}/software?per_page=1000`,
    );
    return software
      .flatMap(({ name, installed_versions }) => installed_versions.map(({ version }) => `${name} ${version}`))
      .sort();
  }

  /** Hosts by title, from the lists of all hosts. */
  function countTitles(inventories: string[][]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const name of inventories.flatMap((list) => [...new Set(list.map((text) => text.split(' ')[0] ?? ''))])) {
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  test.each(Array.from({ length: ROUNDS }, (_, round) => ['server', 'database', 'both'][round % 3] ?? ''))(
    'what was acknowledged before kill -9 of %s is there, and the counts are the truth',
    async (victim) => {
      const working = new AbortController();
      const work = Promise.all(
        reporters.map(async (reporter) => {
          while (!working.signal.aborted) await report(server.httpUrl, reporter).catch(() => undefined);
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 500));
      if (victim !== 'server') killDatabase(server.dataDir);
      if (victim !== 'database') await server.kill();
      working.abort();
      await work;
      if (victim !== 'database') await server.start();
      await waitUntil('the database answers', () => api.get('/api/v1/fleet/hosts/count').then(() => true));
      const inventories: string[][] = [];
      for (const [index, reporter] of reporters.entries()) {
        const now = await waitUntil('the host is read', () => stored(index + 1));
        const possible = [reporter.acknowledged, ...reporter.unanswered].map((list) => [...list].sort());
        expect(possible).toContainEqual(now);
        reporter.acknowledged = now;
        reporter.unanswered = [];
        inventories.push(now);
      }
      const truth = countTitles(inventories);
      await waitUntil(
        'the counts are the truth',
        async () => {
          const { software_titles } = await api.get<{ software_titles: Title[] }>(
            '/api/v1/fleet/software/titles?per_page=1000',
          );
          const counted = Object.fromEntries(software_titles.map((title) => [title.name, title.hosts_count]));
          expect(counted).toEqual(truth);
          return true;
        },
        15,
      );
    },
  );
});
