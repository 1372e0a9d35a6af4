import type { Host } from '@flotilla/contract/hosts';
import { beforeEach, expect, test } from 'vitest';
import { enrolAgent } from '../testing/test-agent.ts';
import { deb, enrolHost, post } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let token: string;

beforeEach(async () => {
  server = await createTestServer();
  token = await server.setUp();
});

const hosts = async () => (await read<{ hosts: Host[] }>(server, token, '/api/v1/fleet/hosts')).hosts;
const UUID = '6d5c0a2e-1111-4222-8333-444455556666';

test('an agent takes the place of osquery: the same host, with all that was known of it', async () => {
  const osquery = await enrolHost(server, UUID);
  await osquery.report({ deb_packages: [deb('bash')] });
  const [before] = await hosts();
  const agent = await enrolAgent(server, UUID);
  expect(await hosts()).toMatchObject([{ id: before?.id, os_version: before?.os_version, uuid: UUID }]);
  await agent.report({ deb_packages: [deb('bash'), deb('less')] });
  expect(await hosts()).toMatchObject([{ id: agent.hostId, orbit_version: 'test', scripts_enabled: true }]);
});

test('an agent gets inventory in two batches, and is asked for no more when it has answered', async () => {
  const agent = await enrolAgent(server);
  const first = await agent.checkIn();
  expect(first).toMatchObject({
    protocol: 1,
    sequence: 1,
    has_more: true,
    poll_seconds: 10,
    offers: [],
    stopped: false,
  });
  expect(Object.keys(first.queries).some((name) => name.startsWith('fleet_detail_query_software_deb:'))).toBe(true);
  server.clock.forward(61);
  const last = await agent.report({ deb_packages: [deb('bash')] });
  expect(last).toMatchObject({ queries: {}, has_more: false });
});

test('an agent that starts is asked again at once what the one before it was asked', async () => {
  const agent = await enrolAgent(server);
  const { queries } = await agent.checkIn();
  expect((await agent.checkIn()).queries).toEqual({});
  const started = await post(server, '/api/v1/flotilla/agent/check-in', {
    ...{ node_key: agent.nodeKey, protocol: 1, sequence: 3, agent_version: 'test', capabilities: [] },
    started: true,
  });
  expect(started.body.queries).toEqual(queries);
});

test('keys of osquery and of agents are not taken for each other', async () => {
  const osquery = await enrolHost(server, UUID);
  const agent = await enrolAgent(server);
  const asAgent = (nodeKey: string) =>
    post(server, '/api/v1/flotilla/agent/check-in', {
      node_key: nodeKey,
      protocol: 1,
      sequence: 1,
      agent_version: '',
      capabilities: [],
    });
  expect(await asAgent(osquery.nodeKey)).toMatchObject({ status: 401, body: { node_invalid: true } });
  expect(await asAgent('nobody')).toMatchObject({ status: 401, body: { node_invalid: true } });
  expect(await post(server, '/api/osquery/config', { node_key: agent.nodeKey })).toMatchObject({
    body: { node_invalid: true },
  });
  const orbit = await post(server, '/api/fleet/orbit/config', { orbit_node_key: osquery.nodeKey });
  expect(orbit.status).toBe(401);
});

test('enrolling again ends the earlier key of the agent, and only that', async () => {
  const osquery = await enrolHost(server, UUID);
  const earlier = await enrolAgent(server, UUID);
  await earlier.checkIn();
  await enrolAgent(server, UUID);
  await expect(earlier.checkIn()).rejects.toThrow('401');
  // What the agent was asked and did not answer is asked again after a minute.
  server.clock.forward(61);
  expect(Object.keys(await osquery.read()).length).toBeGreaterThan(0);
});

test('a call that was overtaken says nothing any more, and one that cannot be read is told why', async () => {
  const agent = await enrolAgent(server);
  await agent.checkIn();
  await agent.checkIn();
  const call = (more: object) =>
    post(server, '/api/v1/flotilla/agent/check-in', {
      node_key: agent.nodeKey,
      protocol: 1,
      sequence: 1,
      agent_version: 'old',
      capabilities: [],
      ...more,
    });
  expect(await call({})).toMatchObject({ status: 200, body: { sequence: 1, queries: {} } });
  expect(await hosts()).toMatchObject([{ orbit_version: 'test' }]);
  expect(await call({ protocol: 2 })).toMatchObject({ status: 400, body: { protocols: [1] } });
  expect(await call({ sequence: 'x' })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('sequence') },
  });
  expect(await call({ tasks: [{ id: 'x', attempt: 1, state: 'accepted' }] })).toMatchObject({ status: 400 });
  expect(await post(server, '/api/v1/flotilla/agent/check-in', 'not json')).toMatchObject({ status: 400 });
  // A host that was set back to an earlier state counts lower, and goes on after a pause.
  server.clock.forward(31);
  expect(await call({})).toMatchObject({ status: 200, body: { sequence: 1 } });
  expect(await hosts()).toMatchObject([{ orbit_version: 'old' }]);
});

test('a package is only for the host that runs a task with it', async () => {
  const agent = await enrolAgent(server);
  const get = (authorization: string) =>
    server.app.inject({
      method: 'GET',
      url: `/api/v1/flotilla/agent/packages/${'0'.repeat(64)}`,
      headers: { authorization },
    });
  expect((await get(`NodeKey ${agent.nodeKey}`)).statusCode).toBe(404);
  expect((await get('NodeKey nobody')).statusCode).toBe(401);
  expect((await get(`Bearer ${token}`)).statusCode).toBe(401);
});
