import { randomUUID } from 'node:crypto';
import type { TaskDetail } from '@flotilla/contract/tasks';
import { beforeEach, expect, test } from 'vitest';
import { hashToken } from '../kernel/secrets.ts';
import { deb, enrolHost, post, type TestHost } from '../testing/test-host.ts';
import { addPackage } from '../testing/test-package.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';

const NAME = 'flotilla-test-hello';

let server: TestServer;
let token: string;
let osquery: TestHost;
let key: string;
let hostId: number;
let titleId: number;

/** Fleet's own agent: orbit for tasks, and an osquery of its own beside it. */
beforeEach(async () => {
  server = await createTestServer();
  token = await server.setUp();
  const uuid = randomUUID();
  osquery = await enrolHost(server, uuid);
  const { body } = await post(server, '/api/fleet/orbit/enroll', {
    enroll_secret: server.enrolSecret,
    hardware_uuid: uuid,
    hardware_serial: '',
    hostname: 'orbit',
    platform: 'debian',
  });
  key = String(body.orbit_node_key);
  await osquery.report({ deb_packages: [deb('bash')] });
  const { hosts } = await read<{ hosts: { id: number }[] }>(server, token, '/api/v1/fleet/hosts');
  expect(hosts).toHaveLength(1);
  hostId = hosts[0]?.id ?? 0;
  titleId = (await addPackage(server, token, { name: NAME, version: '1.1' })).title_id;
});

const orbit = (path: string, more: object = {}) =>
  post(server, `/api/fleet/orbit/${path}`, { orbit_node_key: key, ...more });
const pending = async () => (await orbit('config')).body.notifications as Record<string, string[]>;
const request = async (verb: 'install' | 'uninstall') => {
  const url = `/api/v1/fleet/hosts/${hostId}/software/${titleId}/${verb}`;
  const response = await server.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${token}` } });
  expect(response.statusCode, response.body).toBe(202);
  return response.json<{ task_id: string }>().task_id;
};
const task = async (id: string) =>
  (await read<{ task: TaskDetail }>(server, token, `/api/v1/flotilla/tasks/${id}`)).task;

test('an installation by Fleet’s agent is listed once, begun by asking for its details, and proven by inventory', async () => {
  const id = await request('install');
  expect(await pending()).toMatchObject({ pending_software_installer_ids: [id], pending_script_execution_ids: [] });
  const details = await orbit('software_install/details', { install_uuid: id });
  expect(details.body).toMatchObject({
    install_id: id,
    install_script: expect.stringContaining(`export PACKAGE_NAME='${NAME}'`),
    post_install_script: '',
  });
  expect(await pending()).toMatchObject({ pending_software_installer_ids: [] });
  const file = await server.app.inject({
    method: 'POST',
    url: '/api/fleet/orbit/software_install/package?alt=media',
    payload: { orbit_node_key: key, installer_id: details.body.installer_id },
  });
  expect(file.rawPayload.subarray(0, 8).toString()).toBe('!<arch>\n');
  const result = await orbit('software_install/result', {
    install_uuid: id,
    pre_install_condition_output: '',
    install_script_exit_code: 0,
    install_script_output: 'done',
  });
  expect(result.status).toBe(204);
  expect(await task(id)).toMatchObject({ state: 'reported' });
  await osquery.report({ deb_packages: [deb('bash'), deb(NAME, '1.1')] });
  expect(await task(id)).toMatchObject({ state: 'verified' });
  expect((await orbit('software_install/result', { install_uuid: id, install_script_exit_code: 1 })).status).toBe(204);
  expect(await task(id)).toMatchObject({ state: 'verified' });
});

test('an uninstallation is a script for it', async () => {
  await osquery.report({ deb_packages: [deb('bash')] });
  server.clock.forward(4000);
  await osquery.report({ deb_packages: [deb('bash'), deb(NAME, '1.1')] });
  const id = await request('uninstall');
  expect(await pending()).toMatchObject({ pending_script_execution_ids: [id] });
  const script = await orbit('scripts/request', { execution_id: id });
  expect(script.body).toMatchObject({ execution_id: id, script_contents: expect.stringContaining('"$PACKAGE_NAME"') });
  await orbit('scripts/result', { execution_id: id, output: 'gone', runtime: 2, exit_code: 0 });
  await osquery.report({ deb_packages: [deb('bash')] });
  expect(await task(id)).toMatchObject({ state: 'verified' });
});

test('a failure is tried again, a foreign or unknown task is not told of, and a wrong key enrols again', async () => {
  const id = await request('install');
  await pending();
  await orbit('software_install/details', { install_uuid: id });
  await orbit('software_install/result', {
    install_uuid: id,
    install_script_exit_code: 100,
    install_script_output: 'E: locked',
  });
  expect(await task(id)).toMatchObject({
    state: 'queued',
    attempt: 2,
    reason: expect.stringContaining('exit code 100'),
  });
  expect((await orbit('software_install/details', { install_uuid: randomUUID() })).status).toBe(404);
  expect((await orbit('software_install/result', { install_uuid: 'x', install_script_exit_code: 0 })).status).toBe(404);
  key = 'nobody';
  expect((await orbit('config')).status).toBe(401);
});

test('a ping needs no key, and every answer says what the server can do', async () => {
  for (const url of ['/api/fleet/orbit/ping', '/api/fleet/device/ping']) {
    const { statusCode, headers } = await server.app.inject({ method: 'HEAD', url });
    expect([statusCode, headers['x-fleet-capabilities']]).toEqual([200, 'orbit_endpoints,token_rotation']);
  }
  const refused = await server.app.inject({
    method: 'POST',
    url: '/api/fleet/orbit/config',
    headers: { 'x-fleet-capabilities': 'token_rotation' },
    payload: { orbit_node_key: 'nobody' },
  });
  expect([refused.statusCode, refused.headers['x-fleet-capabilities']]).toEqual([
    401,
    'orbit_endpoints,token_rotation',
  ]);
});

test('the config of an agent has all that Fleet’s agents read', async () => {
  const { body } = await orbit('config');
  expect(Object.keys(body).sort()).toEqual([
    'command_line_startup_flags',
    'extensions',
    'notifications',
    'nudge_config',
    'script_execution_timeout',
    'update_channels',
  ]);
  expect(
    Object.values(body.notifications as object)
      .flat()
      .filter(Boolean),
  ).toEqual([]);
});

test('the token of a page is kept as a hash, opens nothing else, and the one before it ends an hour later', async () => {
  const tokens = () =>
    server.system.db
      .selectFrom('hosts.host_key')
      .select(['key_hash', 'revoked_at'])
      .where('kind', '=', 'device')
      .orderBy('created_at')
      .execute();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()] as const;
  expect((await orbit('device_token', { device_auth_token: first })).status).toBe(200);
  expect(await tokens()).toEqual([{ key_hash: hashToken(first), revoked_at: null }]);
  server.clock.forward(1800);
  const rotatedAt = server.clock.now.getTime();
  for (let time = 0; time < 2; time += 1) await orbit('device_token', { device_auth_token: second });
  expect(await tokens()).toEqual([
    { key_hash: hashToken(first), revoked_at: new Date(rotatedAt + 3_600_000) },
    { key_hash: hashToken(second), revoked_at: null },
  ]);
  server.clock.forward(3601);
  await orbit('device_token', { device_auth_token: third });
  expect((await tokens()).map(({ key_hash }) => key_hash)).toEqual([hashToken(second), hashToken(third)]);
  for (const path of ['/api/fleet/orbit/config', '/api/osquery/config', '/api/v1/flotilla/agent/check-in']) {
    const { status } = await post(server, path, { node_key: third, orbit_node_key: third });
    expect(status, path).toBe(401);
  }
});

test('a token of a page that could be guessed, or that somebody else has, is refused', async () => {
  for (const bad of ['', 'short', 'x'.repeat(256), 'a token with spaces in it', 7]) {
    expect((await orbit('device_token', { device_auth_token: bad })).status).toBe(400);
  }
  const token = randomUUID();
  await orbit('device_token', { device_auth_token: token });
  const { body } = await post(server, '/api/fleet/orbit/enroll', {
    enroll_secret: server.enrolSecret,
    hardware_uuid: randomUUID(),
  });
  for (const theirs of [token, key]) {
    const stolen = { orbit_node_key: body.orbit_node_key, device_auth_token: theirs };
    expect((await post(server, '/api/fleet/orbit/device_token', stolen)).status).toBe(409);
  }
  expect((await orbit('config')).status).toBe(200);
});
