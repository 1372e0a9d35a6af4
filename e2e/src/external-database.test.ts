import { afterAll, beforeAll, expect, test } from 'vitest';
import { setUp } from './api-client.ts';
import { enrol, threeHosts } from './console-hosts.ts';
import { type DebianPostgres, startDebianPostgres } from './debian-postgres.ts';
import { freePort } from './free-port.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

interface Titles {
  count: number;
  software_titles: { name: string; hosts_count: number }[];
}

describeWith(['debian-postgres'], "a server on Debian's PostgreSQL", () => {
  let postgres: DebianPostgres;
  let server: RunningServer;

  beforeAll(async () => {
    postgres = await startDebianPostgres(await freePort());
    server = await startServer({ FLOTILLA_DATABASE_URL: postgres.url });
  });
  afterAll(async () => {
    await server?.stop();
    await postgres?.stop();
  });

  test('inventory is recorded, counted and listed in the same order as on the embedded one', async () => {
    const api = await setUp(server.httpUrl);
    const { spec } = await api.get<{ spec: { secrets: { secret: string }[] } }>('/api/v1/fleet/spec/enroll_secret');
    for (const host of threeHosts) {
      const reporting = await enrol(server.httpUrl, spec.secrets[0]?.secret ?? '', host);
      await reporting.report();
    }
    const titles = await waitUntil('counts are folded', async () => {
      const answer = await api.get<Titles>('/api/v1/fleet/software/titles?order_key=name&per_page=1000');
      return answer.software_titles.find(({ name }) => name === 'openssl')?.hosts_count === 3 ? answer : null;
    });
    const names = titles.software_titles.map(({ name }) => name.toLowerCase());
    expect(names).toEqual([...names].sort());
    expect(titles.count).toBe(names.length);
    const search = await api.get<Titles>('/api/v1/fleet/software/titles?query=OPENSS');
    expect(search.software_titles).toMatchObject([{ name: 'openssl', hosts_count: 3 }]);
  });
});
