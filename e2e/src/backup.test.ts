import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { type ApiClient, apiClient, setUp } from './api-client.ts';
import { enrol, threeHosts } from './console-hosts.ts';
import { startDebianPostgres } from './debian-postgres.ts';
import { createMirror } from './feed-mirror.ts';
import { flotilla } from './flotilla.ts';
import { freePort } from './free-port.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

function createFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Without a mirror the doctor would say that feeds are missing; with advisories findings would come while one looks. */
const mirror = createMirror('');
rmSync(join(mirror.folder, 'debian'), { recursive: true });
afterAll(() => rmSync(mirror.folder, { recursive: true, force: true }));

/** A server with three hosts and their software. */
async function createScene(given: Record<string, string> = {}) {
  const server = await startServer({ FLOTILLA_FEEDS_URL: mirror.folder, ...given });
  onTestFinished(() => server.stop());
  const api = await setUp(server.httpUrl);
  const { spec } = await api.get<{ spec: { secrets: { secret: string }[] } }>('/api/v1/fleet/spec/enroll_secret');
  for (const host of threeHosts) {
    await (await enrol(server.httpUrl, spec.secrets[0]?.secret ?? '', host)).report();
  }
  await waitUntil('counts are folded', async () => {
    const answer = await titles(api);
    return answer.software_titles.find(({ name }) => name === 'openssl')?.hosts_count === 3;
  });
  return { server, api };
}

const titles = (api: ApiClient) =>
  api.get<{ software_titles: { name: string; hosts_count: number }[] }>(
    '/api/v1/fleet/software/titles?order_key=name&per_page=1000',
  );

const answersOf = async (api: ApiClient) => ({
  titles: (await titles(api)).software_titles,
  secrets: await api.get('/api/v1/fleet/spec/enroll_secret'),
});

/** Restores into a new folder, starts a server there and asks it, as the person who is signed in at the old one. */
async function restoreAndAsk(server: RunningServer, api: ApiClient, file: string) {
  const target = { PATH: process.env.PATH ?? '', FLOTILLA_DATA_DIR: createFolder() };
  expect(await flotilla(target, 'restore', file)).toContain('all read back equal');
  await expect(flotilla(target, 'restore', file)).rejects.toThrow(/not empty/);
  const restored = await startServer({
    FLOTILLA_DATA_DIR: target.FLOTILLA_DATA_DIR,
    FLOTILLA_FEEDS_URL: mirror.folder,
  });
  onTestFinished(() => restored.stop());
  expect(restored.setupUrl).toBe('');
  expect(server.httpUrl).not.toBe(restored.httpUrl);
  const there = apiClient(restored.httpUrl, api.token);
  expect(await answersOf(there)).toEqual(await answersOf(api));
  await expect(flotilla(restored.environment, 'doctor', '--recount')).resolves.toContain('all equal the truth');
}

test('a backup of a running server is restored into another folder, and answers the same', async () => {
  const { server, api } = await createScene();
  const file = join(createFolder(), 'backup.tar');
  expect(await flotilla(server.environment, 'backup', '--output', file)).toContain(file);
  await restoreAndAsk(server, api, file);
});

test('a new key is heard of by the running server', async () => {
  const { server, api } = await createScene();
  const before = await answersOf(api);
  expect(await flotilla(server.environment, 'keys', 'rotate')).toContain('secrets sealed with it: 2');
  expect(await answersOf(api)).toEqual(before);
});

describeWith(['debian-postgres'], "a backup of Debian's PostgreSQL", () => {
  test('is restored into the newer embedded one', async () => {
    const postgres = await startDebianPostgres(await freePort());
    onTestFinished(() => postgres.stop());
    const { server, api } = await createScene({ FLOTILLA_DATABASE_URL: postgres.url });
    const file = join(createFolder(), 'backup.tar');
    await flotilla(server.environment, 'backup', '--output', file);
    await restoreAndAsk(server, api, file);
  });
});
