import { createHash } from 'node:crypto';
import type { Host } from '@flotilla/contract/hosts';
import { beforeEach, expect, test } from 'vitest';
import { announceNextCa, prepareTls } from '../kernel/tls.ts';
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

test('enrolling again ends the earlier key of the agent, and only that: whoever uses it is another host', async () => {
  const osquery = await enrolHost(server, UUID);
  const earlier = await enrolAgent(server, UUID);
  await earlier.checkIn();
  await enrolAgent(server, UUID);
  const before = (await hosts()).length;
  await earlier.checkIn();
  expect(await hosts()).toHaveLength(before + 1);
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
  // A host that was set back to an earlier state counts lower after a pause, and gets another key.
  server.clock.forward(31);
  expect(await call({})).toMatchObject({ status: 401, body: { node_invalid: true } });
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

test('the time zone that an agent names stands above the abbreviation of osquery, and what is none is left out', async () => {
  const agent = await enrolAgent(server);
  const say = async (more: object) => {
    server.clock.forward(61);
    const { sequence } = await agent.checkIn();
    const { status } = await post(server, '/api/v1/flotilla/agent/check-in', {
      ...{ node_key: agent.nodeKey, protocol: 1, sequence, agent_version: 'test', capabilities: [] },
      ...more,
    });
    expect(status).toBe(200);
    return (await hosts())[0]?.timezone;
  };
  await agent.report({ time: [{ local_timezone: 'CET' }] });
  expect(await say({})).toBe('CET');
  expect(await say({ time_zone: 'Europe/Berlin' })).toBe('Europe/Berlin');
  server.clock.forward(4000);
  await agent.report({ time: [{ local_timezone: 'EST' }] });
  expect(await say({ time_zone: 'Mars/Olympus' })).toBe('Europe/Berlin');
  expect(await say({ time_zone: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
});

test('an agent of an earlier release, and one of a later, are answered as well', async () => {
  const agent = await enrolAgent(server);
  const earlier = { node_key: agent.nodeKey, protocol: 1, sequence: 1, agent_version: '0.0.9', capabilities: [] };
  const later = { ...earlier, sequence: 2, agent_version: '9.0', capabilities: ['fly'], of_a_later_release: { x: 1 } };
  for (const body of [earlier, later]) {
    const answer = await post(server, '/api/v1/flotilla/agent/check-in', body);
    expect(answer).toMatchObject({ status: 200, body: { protocol: 1, sequence: body.sequence } });
    expect(await hosts()).toMatchObject([{ orbit_version: body.agent_version }]);
  }
});

test('an agent that starts brings what the one before it kept, and is asked only for the rest', async () => {
  const agent = await enrolAgent(server);
  const names = Object.keys((await agent.checkIn()).queries);
  const [kept = '', ...rest] = names;
  const { body } = await post(server, '/api/v1/flotilla/agent/check-in', {
    ...{ node_key: agent.nodeKey, protocol: 1, sequence: 3, agent_version: 'test', capabilities: [] },
    started: true,
    answers: { queries: { [kept]: [] }, statuses: { [kept]: 0 }, messages: { [kept]: '' } },
  });
  expect(Object.keys(body.queries as object)).toEqual(rest);
});

test('an agent hears which CAs to trust, and fetches them with its key', async () => {
  const agent = await enrolAgent(server);
  const fetchCa = (key: string) =>
    server.app.inject({ url: '/api/v1/flotilla/agent/ca', headers: { authorization: `NodeKey ${key}` } });
  expect(await agent.checkIn()).not.toHaveProperty('ca_sha256');
  const { dataDir } = server.system.config;
  await prepareTls({ dataDir, names: ['localhost'], certFile: null, keyFile: null });
  const seen: string[] = [];
  for (const certificates of [1, 2]) {
    server.clock.forward(61);
    const { ca_sha256: announced } = await agent.checkIn();
    const { body } = await fetchCa(agent.nodeKey);
    expect(body.match(/BEGIN CERTIFICATE/g)).toHaveLength(certificates);
    expect(createHash('sha256').update(body).digest('hex')).toBe(announced);
    seen.push(body);
    await announceNextCa(dataDir);
  }
  expect(seen[1]?.startsWith(seen[0] ?? '-')).toBe(true);
  expect((await fetchCa('nobody')).statusCode).toBe(401);
});
