import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { npmPackages } from '../../server/src/inventory/sources/npm-packages.ts';
import { pythonPackages } from '../../server/src/inventory/sources/python-packages.ts';
import { type ApiClient, setUp } from './api-client.ts';
import { freePort } from './free-port.ts';
import { queryHere } from './osquery-programs.ts';
import { describeWith } from './prerequisites.ts';
import { processesOn, type RunningStart, runStart } from './running-start.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

interface Host {
  id: number;
  hostname: string;
  status: string;
  os_version: string;
  seen_time: string;
  last_enrolled_at: string;
}

describeWith(['dpkg', 'osquery-5.23'], 'npm start', () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  let environment: Record<string, string>;
  let running: RunningStart;
  let api: ApiClient;
  let httpUrl: string;

  beforeAll(async () => {
    const httpPort = String(await freePort());
    httpUrl = `http://127.0.0.1:${httpPort}`;
    environment = {
      FLOTILLA_DATA_DIR: dataDir,
      FLOTILLA_HTTP_PORT: httpPort,
      FLOTILLA_TLS_PORT: String(await freePort()),
    };
    running = runStart(environment);
    await running.ready();
  });

  afterAll(async () => {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const hosts = async () => (await api.get<{ hosts: Host[] }>('/api/v1/fleet/hosts')).hosts;

  async function titles(source: string): Promise<string[]> {
    const path = `/api/v1/fleet/software/titles?source=${source}&per_page=10000`;
    const { software_titles } = await api.get<{ software_titles: { name: string }[] }>(path);
    return software_titles.map(({ name }) => name).sort();
  }

  /** Titles appear when their hosts have been counted, a moment after the report. */
  const expectTitles = (source: string, names: string[]) =>
    expect.poll(() => titles(source), { timeout: 20_000 }).toEqual(names);

  async function namesHere(sql: string): Promise<string[]> {
    const place = mkdtempSync(join(tmpdir(), 'flotilla-osqueryi-'));
    const rows = await queryHere('5.23.1', place, sql);
    rmSync(place, { recursive: true });
    return [...new Set(rows.map(({ name = '' }) => name))].sort();
  }

  test('prints the link that makes the first administrator', async () => {
    expect(running.output()).toContain(`Make the first administrator: ${httpUrl}/setup#`);
    api = await setUp(httpUrl);
  });

  test('says that this machine is enrolled, and with which osquery it answers', async () => {
    await waitUntil('the agent has enrolled', () => /agent: Enrolled at https:/.test(running.output()));
    expect(running.output()).toMatch(/agent: Running queries with \S+osquery\S+ for https:/);
  });

  test('puts this machine online, with its operating system and all parts of its inventory', async () => {
    const [host] = await waitUntil('the host is online and has said what it runs', async () => {
      const found = await hosts();
      return found[0]?.status === 'online' && found[0].os_version !== '' && found;
    });
    const release = readFileSync('/etc/os-release', 'utf8');
    expect(release).toContain(`PRETTY_NAME="${host?.os_version}"`);
    await waitUntil('all parts have been reported', async () => {
      const path = `/api/v1/flotilla/hosts/${host?.id}/inventory`;
      const { parts } = await api.get<{ parts: { ok_at: string | null; error: string | null }[] }>(path);
      return parts.length >= 5 && parts.every((part) => part.ok_at !== null && part.error === null);
    });
  });

  test('lists the Debian packages that dpkg lists', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg fills these in
    const list = execFileSync('dpkg-query', ['-W', '-f', '${Package}\t${Status}\n'], { encoding: 'utf8' });
    const installed = list
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([, status]) => status === 'install ok installed')
      .map(([name = '']) => name);
    await expectTitles('deb_packages', [...new Set(installed)].sort());
  });

  test('lists the Python and npm packages that osquery prints here', async () => {
    await expectTitles('python_packages', await namesHere(pythonPackages.query));
    await expectTitles('npm_packages', await namesHere(npmPackages.query));
  });

  test('stops in order and leaves nothing running', async () => {
    expect(await running.stop()).toBe(0);
    expect(running.output()).toMatch(/✓ Stopping/);
    expect(processesOn(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'logs', 'server.log'))).toBe(true);
  });

  test('knows the same host when it is started again, and asks for no set-up', async () => {
    const before = new Date().toISOString();
    running = runStart(environment);
    await running.ready();
    expect(running.output()).not.toContain('first administrator');
    expect(running.output()).not.toContain('Enrolled');
    const found = await waitUntil('the host is seen again', async () => {
      const list = await hosts();
      return (list[0]?.seen_time ?? '') > before && list;
    });
    expect(found.map(({ last_enrolled_at }) => last_enrolled_at < before)).toEqual([true]);
    expect(await running.stop()).toBe(0);
  });
});
