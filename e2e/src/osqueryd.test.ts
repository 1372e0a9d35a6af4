import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../server/src/kernel/postgres/embedded.ts';
import { type ApiClient, setUp } from './api-client.ts';
import { type OsqueryVersion, placeOsqueryd } from './osquery-programs.ts';
import { describeWith, type Prerequisite } from './prerequisites.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

const FLOTILLA = fileURLToPath(new URL('../../bin/flotilla.js', import.meta.url));
const versions: [OsqueryVersion, Prerequisite][] = [
  ['5.23.1', 'osquery-5.23'],
  ['5.20.0', 'osquery-5.20'],
];

interface Host {
  id: number;
  status: string;
  osquery_version: string;
  seen_time: string;
  last_enrolled_at: string;
  software_updated_at: string;
}

for (const [version, prerequisite] of versions) {
  describeWith([prerequisite], `osquery ${version} with the flags of \`flotilla enrol\``, () => {
    let folder: string;
    let server: RunningServer;
    let api: ApiClient;
    let osqueryd: ChildProcess;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'flotilla-osqueryd-'));
      server = await startServer();
      api = await setUp(server.httpUrl);
      execFileSync(process.execPath, [FLOTILLA, 'enrol', '--osquery', '--out', folder], {
        env: server.environment,
        stdio: 'ignore',
      });
      osqueryd = startOsqueryd(placeOsqueryd(version, folder), folder);
    });

    afterAll(async () => {
      await endInOrder(osqueryd);
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const host = async () => {
      const { hosts } = await api.get<{ hosts: Host[] }>('/api/v1/fleet/hosts');
      expect(hosts.length).toBeLessThanOrEqual(1);
      return hosts[0];
    };
    const seenAfter = (moment: string) =>
      waitUntil('the host is seen again', async () => {
        const found = await host();
        return (found?.seen_time ?? '') > moment && found;
      });
    const now = () => new Date().toISOString();

    test('enrols and reports its software', async () => {
      const started = new Date(Date.now() - 120_000).toISOString();
      const found = await waitUntil('its software is there', async () => {
        const seen = await host();
        return (seen?.software_updated_at ?? '') > started && seen;
      });
      expect(found).toMatchObject({ status: 'online', osquery_version: version });
    });

    test('answers policies by SQL, and says what is wrong with one it cannot run', async () => {
      const create = async (name: string, query: string) =>
        (await api.post<{ policy: { id: number } }>('/api/v1/fleet/global/policies', { name, query })).policy.id;
      const passing = await create('has bash', "SELECT 1 FROM deb_packages WHERE name = 'bash'");
      const failing = await create('has nothing', "SELECT 1 FROM deb_packages WHERE name = 'no-such-package'");
      const broken = await create('is broken', 'SELECT 1 FROM no_such_table');
      const answer = async (id: number) => {
        const { hosts } = await api.get<{ hosts: object[] }>(`/api/v1/flotilla/policies/${id}/hosts`);
        return hosts[0];
      };
      const table = expect.stringContaining('no such table');
      await expect.poll(() => answer(broken), { timeout: 60_000 }).toMatchObject({ response: '', error: table });
      expect(await answer(passing)).toMatchObject({ response: 'pass', error: '' });
      expect(await answer(failing)).toMatchObject({ response: 'fail', error: '' });
    });

    test('goes on without enrolling anew when the server is restarted or killed', async () => {
      const before = await host();
      await server.halt();
      await server.start();
      await seenAfter(now());
      await server.kill();
      await server.start();
      const after = await seenAfter(now());
      expect(after.last_enrolled_at).toBe(before?.last_enrolled_at);
    });

    test('enrols anew as the same host when its key is not known any more', async () => {
      const before = await host();
      await removeKeys(server.dataDir);
      // A running server knows keys for a minute by heart.
      await server.halt();
      await server.start();
      const after = await waitUntil('it has enrolled again', async () => {
        const found = await host();
        return (found?.last_enrolled_at ?? '') > (before?.last_enrolled_at ?? '') && found;
      });
      expect(after.id).toBe(before?.id);
      const asked = now();
      await api.post(`/api/v1/fleet/hosts/${after.id}/refetch`);
      // Unlike the time of the software, that of a part moves with every report, also of what did not change.
      const path = `/api/v1/flotilla/hosts/${after.id}/inventory`;
      await waitUntil('it reports with its new key', async () => {
        const { parts } = await api.get<{ parts: { part: string; ok_at: string | null }[] }>(path);
        return parts.some(({ part, ok_at }) => part === 'deb' && (ok_at ?? '') > asked);
      });
    });
  });
}

/** What stands on a host in /etc/osquery and /var stands in the folder here. */
function startOsqueryd(program: string, folder: string): ChildProcess {
  const flags = {
    flagfile: join(folder, 'osquery.flags'),
    tls_server_certs: join(folder, 'server-ca.pem'),
    enroll_secret_path: join(folder, 'enrol-secret'),
    pidfile: join(folder, 'osqueryd.pid'),
    database_path: join(folder, 'osquery.db'),
    logger_path: folder,
    disable_extensions: true,
  };
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  return spawn(program, args, { stdio: 'ignore' });
}

async function endInOrder(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function removeKeys(dataDir: string): Promise<void> {
  const { connection } = await startEmbeddedPostgres({ dataDir });
  const client = new pg.Client(connection);
  await client.connect();
  const { rowCount } = await client.query('delete from hosts.host_key');
  await client.end();
  expect(rowCount).toBeGreaterThan(0);
}
