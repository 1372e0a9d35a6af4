import { expect, test } from 'vitest';
import { callAs } from '../testing/people.ts';
import { deb, enrolHost, OS_DEBIAN } from '../testing/test-host.ts';
import { createTestServer } from '../testing/test-server.ts';

const UBUNTU = { ...OS_DEBIAN, name: 'Ubuntu', version: '22.04.4 LTS', platform: 'ubuntu', codename: 'jammy' };
const WINDOWS = {
  ...OS_DEBIAN,
  name: 'Microsoft Windows 11 Pro',
  version: '10.0.22631',
  platform: 'windows',
  codename: '',
};

async function start() {
  const server = await createTestServer();
  return { server, call: callAs(server, await server.setUp()) };
}

test('built-in labels are what hosts are, counted and listed', async () => {
  const { server, call } = await start();
  await enrolHost(server, 'debian', OS_DEBIAN);
  await enrolHost(server, 'ubuntu', UBUNTU);
  await enrolHost(server, 'windows', WINDOWS);
  const { labels } = (await call('GET', '/labels')).body;
  const counts = Object.fromEntries(labels.map((label: { name: string; count: number }) => [label.name, label.count]));
  expect(counts).toMatchObject({ 'All Hosts': 3, 'All Linux': 2, 'Ubuntu Linux': 1, 'MS Windows': 1, macOS: 0 });
  const names = async (id: number) =>
    (await call('GET', `/labels/${id}/hosts`)).body.hosts.map((host: { hostname: string }) => host.hostname);
  expect(await names(12)).toEqual(['debian', 'ubuntu']);
  const { host } = (await call('GET', '/hosts/identifier/ubuntu')).body;
  expect(host.labels.map((label: { name: string }) => label.name)).toEqual(['All Hosts', 'Ubuntu Linux', 'All Linux']);
  expect((await call('DELETE', '/labels/All%20Hosts')).status).toBe(403);
  expect((await call('GET', '/labels/summary')).body.labels).toHaveLength(11);
});

test('a dynamic label asks hosts and has those that answer a row; another query begins anew', async () => {
  const { server, call } = await start();
  const one = await enrolHost(server, 'one');
  const two = await enrolHost(server, 'two');
  const made = await call('POST', '/labels', {
    name: 'With rpm',
    query: 'SELECT 1 FROM rpm_packages LIMIT 1',
    platform: 'linux',
  });
  expect(made.body.label).toMatchObject({ label_membership_type: 'dynamic', label_type: 'regular', count: 0 });
  const { id } = made.body.label;
  expect((await call('POST', '/labels', { name: 'WITH RPM', hosts: [] })).status).toBe(409);
  await one.report({ rpm_packages: [{ name: 'bash' }] });
  await two.report({ deb_packages: [deb('bash')] });
  expect((await call('GET', `/labels/${id}`)).body.label.count).toBe(1);
  const { host } = (await call('GET', '/hosts/identifier/one')).body;
  expect(host.labels.map((label: { id: number }) => label.id)).toContain(id);
  expect(host.label_updated_at).toBe(server.clock.now.toISOString());
  // Nothing is owed until the hour is over, and then the host leaves.
  expect(await one.report({})).toEqual([]);
  server.clock.forward(4_000);
  await one.report({});
  expect((await call('GET', `/hosts/count?label_id=${id}`)).body.count).toBe(0);
  await call('POST', '/spec/labels', { specs: [{ name: 'With rpm', query: 'SELECT 1 FROM deb_packages LIMIT 1' }] });
  server.clock.forward(3);
  const asked = await two.report({ deb_packages: [deb('bash')] });
  expect(asked).toContainEqual(expect.stringMatching(new RegExp(`^fleet_label_query_${id}_r`)));
  expect((await call('GET', `/labels/${id}/hosts`)).body.hosts).toMatchObject([{ hostname: 'two' }]);
  expect((await call('DELETE', '/labels/With%20rpm')).status).toBe(200);
  expect((await call('GET', `/labels/${id}`)).status).toBe(404);
});

test('manual labels have the hosts they are given, and one of a fleet loses those that leave it', async () => {
  const { server, call } = await start();
  const fleet = (await call('POST', '/fleets', { name: 'A' })).body.team;
  await enrolHost({ ...server, enrolSecret: fleet.secrets[0].secret }, 'one');
  await enrolHost(server, 'two');
  const { id: hostId } = (await call('GET', '/hosts/identifier/one')).body.host;
  const all = (await call('POST', '/labels', { name: 'Important', hosts: ['one', 'two'] })).body.label;
  expect(all).toMatchObject({ label_membership_type: 'manual', count: 2, host_ids: [hostId, hostId + 1] });
  const wrong = await call('POST', '/labels', { name: 'X', hosts: ['two'], fleet_id: fleet.id });
  expect(wrong).toMatchObject({
    status: 422,
    body: { errors: [{ name: 'hosts', reason: expect.stringContaining('two') }] },
  });
  const own = (await call('POST', '/labels', { name: 'Of A', host_ids: [hostId], fleet_id: fleet.id })).body.label;
  expect(own).toMatchObject({ count: 1, fleet_id: fleet.id, fleet_name: 'A' });
  expect((await call('POST', `/hosts/${hostId}/labels`, { labels: ['All Hosts'] })).status).toBe(422);
  await call('DELETE', `/hosts/${hostId}/labels`, { labels: ['Important'] });
  await call('POST', '/hosts/transfer', { fleet_id: null, hosts: [hostId] });
  const counts = (await call('GET', '/labels')).body.labels.filter(
    (label: { label_type: string }) => label.label_type === 'regular',
  );
  expect(counts).toMatchObject([
    { name: 'Important', count: 1 },
    { name: 'Of A', count: 0 },
  ]);
  const changed = await call('PATCH', `/labels/${all.id}`, { name: 'Others', host_ids: [hostId] });
  expect(changed.body.label).toMatchObject({ name: 'Others', host_ids: [hostId] });
  expect((await call('GET', '/spec/labels')).body.specs[0]).toMatchObject({ name: 'Others', hosts: ['one'] });
});

test('a label by what the server knows follows the host at once', async () => {
  const { server, call } = await start();
  await enrolHost(server, 'web-1');
  await enrolHost(server, 'db-1');
  const { label } = (await call('POST', '/labels', { name: 'Web', criteria: { vital: 'hostname', value: 'web-*' } }))
    .body;
  expect(label).toMatchObject({ label_membership_type: 'host_vitals', count: 1, criteria: { value: 'web-*' } });
  expect((await call('GET', `/labels/${label.id}/hosts`)).body.hosts).toMatchObject([{ hostname: 'web-1' }]);
  expect((await call('POST', '/labels', { name: 'Both', query: 'SELECT 1', hosts: ['web-1'] })).status).toBe(422);
});
