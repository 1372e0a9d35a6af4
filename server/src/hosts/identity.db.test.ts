import { expect, test } from 'vitest';
import { callAs } from '../testing/people.ts';
import { deb, enrolHost, OS_DEBIAN, post, type TestHost } from '../testing/test-host.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

const UUID = '4c4c4544-0051-3010-8054-b7c04f4e3732';

async function start() {
  const server = await createTestServer();
  const call = callAs(server, await server.setUp());
  const hosts = async () => (await call('GET', '/hosts')).body.hosts;
  return { server, call, hosts };
}

const enrol = (server: TestServer, identifier: string, system: Record<string, string>) =>
  post(server, '/api/osquery/enroll', {
    enroll_secret: server.enrolSecret,
    host_identifier: identifier,
    host_details: { os_version: OS_DEBIAN, system_info: { hostname: identifier, ...system } },
  });

const problems = async (call: ReturnType<typeof callAs>, id: number) =>
  (await call('GET', `/api/v1/flotilla/hosts/${id}/inventory`)).body.problems;

test('two hosts with one identity are apart once both speak, say so, and neither has to enrol for ever', async () => {
  const { server, call, hosts } = await start();
  const first = await enrolHost(server, 'clone');
  await first.report({ deb_packages: [deb('bash')] });
  const second = await enrolHost(server, 'clone');
  expect(await hosts()).toHaveLength(1);
  await second.report({ deb_packages: [deb('curl')] });
  const works = async (host: TestHost, name: string) => {
    server.clock.forward(4_000);
    await host.report({ deb_packages: [deb(name)] });
  };
  await works(first, 'bash');
  await works(second, 'curl');
  await works(first, 'bash');
  const [one, two, ...more] = await hosts();
  expect(more).toEqual([]);
  const software = async (id: number) =>
    (await call('GET', `/hosts/${id}`)).body.host.software
      .map((row: { name: string }) => row.name)
      .filter((name: string) => name !== 'Linux kernel');
  expect([await software(one.id), await software(two.id)]).toEqual([['curl'], ['bash']]);
  expect(await problems(call, one.id)).toMatchObject([
    { kind: 'shared identity', detail: expect.stringContaining(`host ${two.id}`) },
  ]);
  expect(await problems(call, two.id)).toMatchObject([{ kind: 'shared identity' }]);
});

test('a host that was set up anew has another identifier and the same record', async () => {
  const { server, hosts } = await start();
  await enrol(server, 'before', { uuid: UUID, hardware_serial: 'H7T6' });
  await enrol(server, 'after', { uuid: UUID.toUpperCase(), hardware_serial: 'H7T6' });
  expect(await hosts()).toMatchObject([{ hostname: 'after' }]);
  // Neither a placeholder nor another serial number tells that it is the same.
  await enrol(server, 'other', { uuid: UUID, hardware_serial: 'X' });
  for (const name of ['a', 'b'])
    await enrol(server, name, { uuid: 'ffffffff-ffff-ffff-ffff-ffffffffffff', hardware_serial: 'None' });
  expect(await hosts()).toHaveLength(4);
});

test('an agent and an osquery of one system share a record', async () => {
  const { server, hosts } = await start();
  await Promise.all([
    enrol(server, 'by-osquery', { uuid: UUID, hardware_serial: 'H7T6' }),
    post(server, '/api/fleet/orbit/enroll', {
      enroll_secret: server.enrolSecret,
      hardware_uuid: UUID,
      hardware_serial: 'H7T6',
      hostname: 'by-orbit',
      platform: 'debian',
    }),
  ]);
  expect(await hosts()).toHaveLength(1);
});

test('an agent that was set back to an earlier state gets another key', async () => {
  const { server, call, hosts } = await start();
  const enrolAgent = async () => {
    const { body } = await post(server, '/api/fleet/orbit/enroll', {
      enroll_secret: server.enrolSecret,
      hardware_uuid: UUID,
      hostname: 'vm',
      platform: 'debian',
    });
    return body.orbit_node_key;
  };
  let nodeKey = await enrolAgent();
  const checkIn = (sequence: number) =>
    post(server, '/api/v1/flotilla/agent/check-in', {
      node_key: nodeKey,
      protocol: 1,
      sequence,
      agent_version: 'test',
      capabilities: [],
    });
  expect((await checkIn(100)).status).toBe(200);
  server.clock.forward(600);
  expect((await checkIn(40)).body).toMatchObject({ node_invalid: true });
  expect((await checkIn(41)).status).toBe(401);
  nodeKey = await enrolAgent();
  for (const sequence of [42, 43, 44]) expect((await checkIn(sequence)).status).toBe(200);
  const [host] = await hosts();
  expect(await problems(call, host.id)).toMatchObject([{ kind: 'set back' }]);
});
