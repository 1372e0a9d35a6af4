import type { LibraryEntry } from '@flotilla/contract/packages';
import { beforeEach, describe, expect, test } from 'vitest';
import { enrolAgent } from '../testing/test-agent.ts';
import { deb } from '../testing/test-host.ts';
import { addPackage, buildDeb, upload } from '../testing/test-package.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';

const NAME = 'flotilla-test-hello';

let server: TestServer;
let token: string;

beforeEach(async () => {
  server = await createTestServer();
  token = await server.setUp();
});

const call = (method: 'GET' | 'POST' | 'DELETE', url: string) =>
  server.app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
const library = async () =>
  (await read<{ library: LibraryEntry[] }>(server, token, '/api/v1/flotilla/library')).library;

test('a package is uploaded, listed, read back as it was and deleted', async () => {
  const file = await buildDeb(NAME, '1.1');
  const { status, body } = await upload(server, token, { file, name: 'C:\\fake\\name.deb' });
  expect(status).toBe(200);
  expect(body.software_package).toMatchObject({
    name: 'name.deb',
    version: '1.1',
    platform: 'linux',
    size: file.length,
    install_script: expect.stringContaining('"$INSTALLER_PATH"'),
    uninstall_script: expect.stringContaining('"$PACKAGE_NAME"'),
    status: { installed: 0, pending_install: 0 },
  });
  const id = body.software_package.title_id;
  expect(await library()).toMatchObject([{ title_id: id, title: NAME, packages: [{ version: '1.1' }] }]);
  const bytes = await call('GET', `/api/v1/fleet/software/titles/${id}/package?alt=media`);
  expect(bytes.rawPayload.equals(file)).toBe(true);
  expect(bytes.headers['content-disposition']).toContain('attachment');
  expect((await call('DELETE', `/api/v1/fleet/software/titles/${id}/available_for_install`)).statusCode).toBe(204);
  expect(await library()).toEqual([]);
  expect((await call('DELETE', `/api/v1/fleet/software/titles/${id}/available_for_install`)).statusCode).toBe(404);
  const { activities } = await read<{ activities: { type: string }[] }>(server, token, '/api/v1/fleet/activities');
  expect(activities.map(({ type }) => type).slice(0, 2)).toEqual(['deleted_software', 'added_software']);
});

test('the newest of several packages is the one of a title, and it is in the lists of titles', async () => {
  const agent = await enrolAgent(server);
  await agent.report({ deb_packages: [deb(NAME, '1.0')] });
  for (const version of ['1.10', '1.9', '1.10~rc1']) await addPackage(server, token, { name: NAME, version });
  const [entry] = await library();
  expect(entry?.packages.map((one) => one.version)).toEqual(['1.10', '1.10~rc1', '1.9']);
  const { software_title } = await read<{ software_title: object }>(
    server,
    token,
    `/api/v1/fleet/software/titles/${entry?.title_id}`,
  );
  expect(software_title).toMatchObject({
    software_package: { version: '1.10' },
    packages: [{ version: '1.10' }, { version: '1.9' }, {}],
  });
  const { software_titles } = await read<{ software_titles: object[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles?available_for_install=true',
  );
  expect(software_titles).toMatchObject([{ name: NAME, hosts_count: 1, software_package: { version: '1.10' } }]);
});

describe('an upload is refused', () => {
  const reason = (answer: { body: { errors: { name: string; reason: string }[] } }) => answer.body.errors[0];

  test('when it is no package, truncated, or there already, and nothing is left of it', async () => {
    const file = await buildDeb(NAME, '1.1');
    const notOne = await upload(server, token, { file: Buffer.from('<html>not found</html>'), name: 'x.deb' });
    expect(notOne).toMatchObject({ status: 422 });
    expect(reason(notOne)).toMatchObject({
      name: 'software',
      reason: expect.stringContaining('no package that Flotilla knows'),
    });
    const cut = await upload(server, token, { file: file.subarray(0, file.length - 20) });
    expect(cut).toMatchObject({ status: 422 });
    expect(reason(cut)?.reason).toContain('truncated');
    expect(await library()).toEqual([]);
    await addPackage(server, token, { name: NAME, version: '1.1' });
    expect(await upload(server, token, { file })).toMatchObject({ status: 409 });
  });

  test('when the form has no file, asks for what is not there yet, or names a fleet that is not', async () => {
    const file = await buildDeb(NAME, '1.1');
    const labels = await upload(server, token, { file, fields: { labels_include_any: 'design' } });
    expect(labels).toMatchObject({ status: 422, body: { errors: [{ name: 'labels_include_any' }] } });
    expect(await upload(server, token, { file, fields: { fleet_id: '7' } })).toMatchObject({ status: 404 });
    const json = await server.app.inject({
      method: 'POST',
      url: '/api/v1/fleet/software/package',
      headers: { authorization: `Bearer ${token}` },
      payload: {},
    });
    expect(json.statusCode).toBe(415);
  });

  test('when nobody is signed in, before anything of it is read', async () => {
    expect(await upload(server, 'nobody', { file: await buildDeb(NAME, '1.1') })).toMatchObject({ status: 401 });
  });
});

test('scripts may travel encoded, for firewalls that read along', async () => {
  const script = '#!/bin/sh\necho "$INSTALLER_PATH"\n';
  const form = new FormData();
  form.append('install_script', Buffer.from(script).toString('base64'));
  form.append('software', new Blob([new Uint8Array(await buildDeb(NAME, '1.1'))]), 'x.deb');
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const response = await server.app.inject({
    method: 'POST',
    url: '/api/v1/fleet/software/package',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': request.headers.get('content-type') ?? '',
      'x-fleet-scripts-encoded': 'base64',
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  expect(response.json()).toMatchObject({ software_package: { install_script: script } });
});
