import { expect, test } from 'vitest';
import { foldCounts } from '../inventory/index.ts';
import { callAs } from '../testing/people.ts';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer } from '../testing/test-server.ts';

interface Named {
  hostname: string;
}
const namesOf = (answer: { body: { hosts: Named[] } }) => answer.body.hosts.map((host) => host.hostname);

async function start() {
  const server = await createTestServer();
  return { server, call: callAs(server, await server.setUp()) };
}

test('every order can be walked by cursor, without a gap and without a host twice', async () => {
  const { server, call } = await start();
  for (const name of ['c', 'a', 'e', 'b', 'd']) await enrolHost(server, name);
  const reporting = await enrolHost(server, 'f');
  await reporting.report({ deb_packages: [deb('bash')] });
  const keys = [
    'id',
    'hostname',
    'created_at',
    'seen_time',
    'detail_updated_at',
    'memory',
    'fleet_name',
    'last_restarted_at',
  ];
  for (const key of keys) {
    for (const direction of ['asc', 'desc']) {
      const order = `order_key=${key}&order_direction=${direction}`;
      const all = await call('GET', `/hosts?${order}`);
      expect([order, all.status]).toEqual([order, 200]);
      const whole = namesOf(all);
      const walked: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Awaited<ReturnType<typeof call>> = await call(
          'GET',
          `/hosts?${order}&per_page=2${cursor && `&cursor=${cursor}`}`,
        );
        expect(page).toMatchObject({ status: 200 });
        walked.push(...namesOf(page));
        cursor = page.body.meta.next_cursor;
      }
      expect(walked).toEqual(whole);
      expect(walked).toHaveLength(6);
    }
  }
  const { body } = await call('GET', '/hosts?order_key=hostname&per_page=2');
  expect((await call('GET', `/hosts?order_key=id&cursor=${body.meta.next_cursor}`)).status).toBe(400);
  const forged = Buffer.from(JSON.stringify(['hosts created_at asc', 'x', 1])).toString('base64url');
  expect((await call('GET', `/hosts?order_key=created_at&cursor=${forged}`)).status).toBe(400);
  expect(namesOf(await call('GET', '/hosts?order_key=hostname&after=d'))).toEqual(['e', 'f']);
  expect((await call('GET', '/hosts?after=d')).status).toBe(400);
  expect((await call('GET', '/hosts?order_key=id&after=d')).status).toBe(400);
});

test('filters narrow each other, and lists, counts and summaries agree', async () => {
  const { server, call } = await start();
  const one = await enrolHost(server, 'one');
  const two = await enrolHost(server, 'two');
  await call('POST', '/global/policies', { name: 'Has curl', query: "SELECT 1 FROM deb_packages WHERE name = 'curl'" });
  await one.report({ deb_packages: [deb('bash'), deb('curl')] });
  await two.report({ deb_packages: [deb('bash')] });
  await foldCounts(server.system);
  const { software } = (await call('GET', '/software/versions')).body;
  const version = (name: string) => software.find((row: { name: string }) => row.name === name).id;
  const found = async (filter: string) => {
    const names = namesOf(await call('GET', `/hosts?${filter}`));
    expect((await call('GET', `/hosts/count?${filter}`)).body.count).toBe(names.length);
    return names;
  };
  expect(await found(`software_version_id=${version('bash')}`)).toEqual(['one', 'two']);
  expect(await found(`software_version_id=${version('bash')}&software_id=${version('curl')}`)).toEqual(['one']);
  expect(await found('query=tw&status=online')).toEqual(['two']);
  expect(await found('status=missing')).toEqual([]);
  expect(await found('platform=linux&label_id=12')).toEqual(['one', 'two']);
  expect(await found('vulnerability=CVE-2000-1')).toEqual([]);
  expect(await found('mdm_id=3&device_mapping=true')).toEqual(['one', 'two']);
  expect((await call('GET', '/hosts?fleet_id=77')).status).toBe(404);
  expect((await call('GET', '/hosts?policy_response=failing')).status).toBe(400);
  const summary = (await call('GET', '/host_summary')).body;
  expect(summary).toMatchObject({
    totals_hosts_count: 2,
    online_count: 2,
    new_count: 2,
    all_linux_count: 2,
    platforms: [{ platform: 'debian', hosts_count: 2 }],
  });
  const { hosts } = (
    await call('GET', '/hosts?populate_software=true&populate_policies=true&populate_labels=true&query=one')
  ).body;
  expect(hosts[0].software.map((row: { name: string }) => row.name)).toEqual(expect.arrayContaining(['bash', 'curl']));
  expect(hosts[0].policies).toMatchObject([{ name: 'Has curl' }]);
  expect(hosts[0].labels.length).toBeGreaterThan(0);
});

test('a host is found by each of its names, its health is short, and a report is CSV that runs nothing', async () => {
  const { server, call } = await start();
  const host = await enrolHost(server, '=HYPERLINK("x")');
  await host.report({ deb_packages: [deb('bash')] });
  const { host: found } = (await call('GET', `/hosts/identifier/${encodeURIComponent('=HYPERLINK("x")')}`)).body;
  expect(found).toMatchObject({ id: 1, end_users: [], packs: [], mdm: { connected_to_fleet: false } });
  expect((await call('GET', '/hosts/identifier/nobody')).status).toBe(404);
  expect((await call('GET', '/hosts/1/health')).body).toMatchObject({
    host_id: 1,
    health: { failing_policies_count: 0, vulnerable_software: [] },
  });
  const mapped = await call('PUT', '/hosts/1/device_mapping', { email: 'ada@example.org' });
  expect(mapped.body.device_mapping).toEqual([{ email: 'ada@example.org', source: 'custom' }]);
  expect(namesOf(await call('GET', '/hosts?query=ada@'))).toHaveLength(1);
  const token = await server.app.inject({
    method: 'POST',
    url: '/api/v1/fleet/login',
    payload: { email: 'ada@example.org', password: 'correct horse 1!' },
  });
  const report = await server.app.inject({
    url: '/api/v1/fleet/hosts/report?format=csv&columns=hostname,id,memory',
    headers: { authorization: `Bearer ${token.json<{ token: string }>().token}` },
  });
  expect(report.headers['content-type']).toContain('text/csv');
  expect(report.body).toBe(`hostname,id,memory\r\n"'=HYPERLINK(""x"")",1,0\r\n`);
  expect((await call('GET', '/hosts/report?columns=password')).status).toBe(400);
});
