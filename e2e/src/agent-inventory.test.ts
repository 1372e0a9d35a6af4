import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificates } from '../../agent/src/testing/certificates.ts';
import { startEmbeddedPostgres } from '../../server/src/kernel/postgres/embedded.ts';
import { hashToken } from '../../server/src/kernel/secrets.ts';
import { announceNextCa, takeNextCa } from '../../server/src/kernel/tls.ts';
import { type ApiClient, setUp } from './api-client.ts';
import { type OsqueryVersion, queryHere } from './osquery-programs.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningAgent, startAgent } from './running-agent.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

const VERSION: OsqueryVersion = '5.23.1';

interface Host {
  id: number;
  timezone: string | null;
  detail_updated_at: string;
  software_updated_at: string;
  refetch_requested: boolean;
}

describeWith(['dpkg', 'osquery-5.23'], 'the inventory of an agent', () => {
  // Not the folder of the server: the server writes its CA into that one itself.
  const folder = temporaryFolder();
  const place = join(folder, 'agent');
  let server: RunningServer;
  let agent: RunningAgent;
  let api: ApiClient;

  beforeAll(async () => {
    server = await startServer();
    api = await setUp(server.httpUrl);
    mkdirSync(place, { mode: 0o700 });
    for (const name of ['enrol-secret', 'server-ca.pem']) {
      copyFileSync(join(server.dataDir, 'agent', name), join(place, name));
    }
    agent = startAgent(server, { FLOTILLA_DATA_DIR: folder, TZ: 'Europe/Berlin' });
  });
  afterAll(async () => {
    await agent?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const theHost = async () => {
    const { hosts } = await api.get<{ hosts: Host[] }>('/api/v1/fleet/hosts');
    expect(hosts.length).toBeLessThan(2);
    return hosts[0];
  };
  /** Asks for an inventory. @returns a wait for one that is newer than this moment's */
  const refetch = async () => {
    const host = await theHost();
    await api.post(`/api/v1/fleet/hosts/${host?.id}/refetch`);
    return () =>
      waitUntil(
        'the inventory has arrived',
        async () => {
          const now = await theHost();
          return now && !now.refetch_requested && now.detail_updated_at > (host?.detail_updated_at ?? '');
        },
        150,
      );
  };
  const packagesHere = async () => {
    const shell = temporaryFolder();
    const rows = await queryHere(VERSION, shell, 'select name, version from deb_packages');
    rmSync(shell, { recursive: true });
    return rows.map(({ name, version }) => `${name} ${version}`).sort();
  };
  const packagesThere = async () => {
    const host = await theHost();
    const { software } = await api.get<{
      software: { name: string; source: string; installed_versions: { version: string }[] }[];
    }>(`/api/v1/fleet/hosts/${host?.id}/software?per_page=5000`);
    return software
      .filter(({ source }) => source === 'deb_packages')
      .flatMap(({ name, installed_versions }) => installed_versions.map(({ version }) => `${name} ${version}`))
      .sort();
  };
  const isCollecting = () => waitUntil('osquery runs', () => osqueriesOf(place).length > 0, 60);
  const identity = async () => ({
    id: (await theHost())?.id,
    key: readFileSync(join(place, 'node-key'), 'utf8'),
    uuid: readFileSync(join(place, 'host-uuid'), 'utf8'),
  });
  /** Lets the agent check in some times, and a last time after the server has read its files again. */
  const nudgeOften = async () => {
    await (await refetch())();
    await refetch();
  };
  const checkInsAgain = async () => {
    await agent.stop();
    agent.start();
    await (await refetch())();
  };

  test('arrives whole, with the name of the time zone', async () => {
    await waitUntil('the host has reported', async () => ((await theHost())?.software_updated_at ?? '') > '2001', 120);
    await waitUntil('the inventory is over', async () => (await theHost())?.refetch_requested === false, 120);
    expect((await theHost())?.timezone).toBe('Europe/Berlin');
    expect(await packagesThere()).toEqual(await packagesHere());
  });

  test('is kept on disk while the server is away, also by an agent that is killed, and arrives afterwards', async () => {
    const arrived = await refetch();
    await isCollecting();
    await server.kill();
    const files = () => (existsSync(join(place, 'answers')) ? readdirSync(join(place, 'answers')) : []);
    await waitUntil('the answers are on disk', () => files().length > 0, 120);
    await agent.kill();
    agent.start();
    expect(files().length).toBeGreaterThan(0);
    await server.start();
    await arrived();
    await waitUntil('nothing is left on disk', () => files().length === 0, 60);
    expect(await packagesThere()).toEqual(await packagesHere());
  });

  test('is asked for anew when the agent is killed while it collects', async () => {
    const arrived = await refetch();
    await isCollecting();
    await agent.kill();
    agent.start();
    await arrived();
    expect(await packagesThere()).toEqual(await packagesHere());
  });

  test('goes on under the same key when the enrol secret is rotated', async () => {
    const before = await identity();
    const { connection } = await startEmbeddedPostgres({ dataDir: server.dataDir });
    const client = new pg.Client(connection);
    await client.connect();
    const { rowCount } = await client.query('update fleets.enrol_secret set secret_hash = $1', [hashToken('another')]);
    await client.end();
    expect(rowCount).toBe(1);
    await checkInsAgain();
    expect(await identity()).toEqual(before);
  });

  test('goes on under the same key when the CA is changed, which the agent has learnt before', async () => {
    const before = await identity();
    const trusted = () => readFileSync(join(place, 'server-ca.pem'), 'utf8');
    const old = trusted();
    await announceNextCa(server.dataDir);
    await nudgeOften();
    await waitUntil('the agent trusts both', () => trusted().match(/BEGIN CERTIFICATE/g)?.length === 2, 120);
    takeNextCa(server.dataDir);
    await server.halt();
    await server.start();
    await nudgeOften();
    await waitUntil(
      'the agent trusts only the new one',
      () => trusted().match(/BEGIN CERTIFICATE/g)?.length === 1,
      120,
    );
    expect(trusted()).not.toBe(old);
    await checkInsAgain();
    expect(await identity()).toEqual(before);
  });

  test('is given up by no CA that the server cannot prove itself by', async () => {
    const trusted = () => readFileSync(join(place, 'server-ca.pem'), 'utf8');
    const before = trusted();
    const file = join(server.dataDir, 'tls', 'ca.pem');
    const own = readFileSync(file, 'utf8');
    writeFileSync(file, (await makeCertificates()).ca);
    await nudgeOften();
    await waitUntil('the agent refuses', () => agent.log().includes('the new CAs are not taken'), 120);
    expect(agent.log()).toContain('its certificate is not from the CA that this host trusts');
    writeFileSync(file, own);
    expect(trusted()).toBe(before);
    await checkInsAgain();
  });
});

/** The osquery processes that an agent of this folder runs. */
function osqueriesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--logger_path=${folder}`);
    } catch {
      return false;
    }
  });
}
