import { expect, test } from 'vitest';
import type { Row } from '../kernel/host-queries.ts';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';

interface HostSoftware {
  host: {
    os_version: string;
    software: {
      name: string;
      source: string;
      last_opened_at?: string;
      installed_paths: string[];
      signature_information: object[] | null;
    }[];
  };
}

const hostOf = async (server: TestServer, token: string) =>
  (await read<HostSoftware>(server, token, '/api/v1/fleet/hosts/1')).host;

const seconds = (moment: string) => String(new Date(moment).getTime() / 1000);

const MAC: Row = { name: 'macOS', version: '14.1.2', platform: 'darwin', arch: 'arm64' };
const WINDOWS: Row = {
  name: 'Microsoft Windows 11 Enterprise',
  version: '10.0.22631',
  platform: 'windows',
  arch: '64-bit',
  display_version: '23H2',
  kernel_version: '10.0.22631.2861',
};

test('when software was used is shown, and moves by days', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const opened = async (moment: string) => {
    await host.report({
      deb_packages: [deb('curl'), deb('bash')],
      deb_package_files: [
        { package: 'curl', last_opened_at: seconds(moment) },
        { package: 'gone', last_opened_at: seconds(moment) },
      ],
    });
    const { software } = await hostOf(server, token);
    server.clock.forward(4000);
    return software
      .filter(({ source }) => source === 'deb_packages')
      .map(({ name, last_opened_at }) => [name, last_opened_at]);
  };
  const first = '2025-01-01T00:00:00.000Z';
  expect(await opened(first)).toEqual([
    ['bash', undefined],
    ['curl', first],
  ]);
  expect(await opened('2025-01-01T23:00:00Z')).toContainEqual(['curl', first]);
  expect(await opened('2025-01-02T00:00:00.000Z')).toContainEqual(['curl', '2025-01-02T00:00:00.000Z']);
});

test('what vouches for an app is told by its path, of all queries together', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'mac', MAC);
  const path = '/Applications/zoom.us.app';
  // The test host answers each query that begins at `apps` with these: the app, its signature and its program.
  const app = {
    display_name: 'Zoom',
    bundle_identifier: 'us.zoom.xos',
    bundle_short_version: '5.17.0',
    installed_path: path,
    last_opened_time: seconds('2025-01-01T00:00:00Z'),
    path,
    team_identifier: 'BJ4HAAB9B3',
    executable_path: `${path}/Contents/MacOS/zoom.us`,
    executable_sha256: 'cd'.repeat(32),
  };
  await host.report({ apps: [app] });
  const [zoom] = (await hostOf(server, token)).software;
  expect(zoom).toMatchObject({
    name: 'Zoom',
    installed_paths: [path],
    last_opened_at: '2025-01-01T00:00:00.000Z',
    signature_information: [
      {
        installed_path: path,
        team_identifier: 'BJ4HAAB9B3',
        hash_sha256: null,
        executable_path: app.executable_path,
        executable_sha256: app.executable_sha256,
      },
    ],
  });
  const { software } = await read<{ software: { installed_versions: object[] }[] }>(
    server,
    token,
    '/api/v1/fleet/hosts/1/software',
  );
  expect(software[0]?.installed_versions).toMatchObject([{ signature_information: [{ installed_path: path }] }]);
});

test('an app that was renamed gives its title the new name', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'mac', MAC);
  const app = (display_name: string, bundle_short_version: string) => ({
    ...{ display_name, bundle_short_version, bundle_identifier: 'org.example.editor' },
  });
  await host.report({ apps: [app('Editor', '1.0')] });
  server.clock.forward(4000);
  await host.report({ apps: [app('Editor Pro', '2.0')] });
  const { software_titles } = await read<{ software_titles: { name: string; display_name: string }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles',
  );
  expect(software_titles).toMatchObject([{ name: 'Editor Pro', display_name: 'Editor Pro' }]);
});

test('updates of Windows are kept as patches, and are in no list of titles', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'windows', WINDOWS);
  await host.report({
    os_version: [WINDOWS],
    programs: [{ name: '7-Zip 23.01 (x64)', version: '23.01', vendor: 'Igor Pavlov' }],
    patches: [{ title: 'KB5033375' }, { title: '2023-11 Cumulative Update (KB5032007)' }, { title: 'Driver 1.0' }],
  });
  const { os_version, software } = await hostOf(server, token);
  expect(os_version).toBe('Windows 11 23H2 x64 10.0.22631.2861');
  expect(software.map(({ name }) => name)).toEqual(['7-Zip 23.01 (x64)']);
  const { software_titles } = await read<{ software_titles: { name: string }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles',
  );
  expect(software_titles.map(({ name }) => name)).toEqual(['7-Zip']);
  const at = server.clock.now.toISOString();
  const past = await read<{ software: { name: string; kind: string; version: string }[] }>(
    server,
    token,
    `/api/v1/flotilla/hosts/1/software-at?at=${at}&per_page=100`,
  );
  expect(past.software.filter(({ kind }) => kind === 'patch').map(({ name }) => name)).toEqual([
    'KB5032007',
    'KB5033375',
  ]);
  expect(past.software.find(({ kind }) => kind === 'os')).toMatchObject({
    name: 'Windows 11 23H2',
    version: '10.0.22631.2861',
  });
});

test('hosts with one build of Windows and other updates have one version, judged apart', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  for (const [name, patches] of [
    ['one', 'KB5034765,KB5033375'],
    ['two', 'KB5033375'],
    ['three', 'KB5033375'],
    ['four', ''],
  ] as const) {
    const host = await enrolHost(server, name, WINDOWS);
    await host.report({ os_version: [{ ...WINDOWS, patches }] });
  }
  const { os_versions } = await read<{ os_versions: { name: string; hosts_count: number }[] }>(
    server,
    token,
    '/api/v1/fleet/os_versions',
  );
  expect(os_versions).toMatchObject([{ hosts_count: 4 }]);
  const judged = await server.system.db
    .selectFrom('inventory.software')
    .select('patches')
    .where('kind', '=', 'os')
    .execute();
  expect(judged.map(({ patches }) => patches).sort()).toEqual(['KB5033375', 'KB5033375,KB5034765', 'none']);
});

test('a distribution made from another is judged as that one, and says so', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const mint = { name: 'Linux Mint', version: '21.3 (Virginia)', platform: 'linuxmint', codename: 'virginia' };
  const host = await enrolHost(server, 'mint', mint);
  await host.report({
    deb_packages: [deb('linux-image-6.1.0-17-amd64', '6.1.69-1'), deb('linux-image-6.1.0-18-amd64', '6.1.76-1')],
  });
  const inventory = await read<object>(server, token, '/api/v1/flotilla/hosts/1/inventory');
  expect(inventory).toMatchObject({ judged_as: 'ubuntu-22.04', installed_kernels: ['6.1.69-1', '6.1.76-1'] });
  const mapped = await server.system.db.selectFrom('hosts.derived_context').select('key').execute();
  expect(mapped).toEqual([{ key: 'linuxmint-21.3' }]);
});
