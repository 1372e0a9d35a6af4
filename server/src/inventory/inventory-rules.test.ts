import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answer, Row } from '../kernel/host-queries.ts';
import { hashPart, packSoftware, softwareKey, titleKey, titleName, versionKey } from './identity.ts';
import { type PartReport, readParts } from './part-reports.ts';
import { monthOf } from './past-months.ts';
import { type Software, software } from './software.ts';
import { debPackages } from './sources/deb-packages.ts';
import { rpmPackages } from './sources/rpm-packages.ts';
import { runningKernel } from './sources/running-kernel.ts';
import { allSources, askedSources, partOf } from './sources.ts';

const some = (fields: Partial<Software> = {}): Software =>
  software({ source: 'deb_packages', name: 'bash', version: '5.2', ...fields }) as Software;

describe('identity', () => {
  test('no two lists of fields make one text', () => {
    expect(packSoftware(some({ name: 'a', version: 'b1:c' }))).not.toBe(
      packSoftware(some({ name: 'a1:b', version: 'c' })),
    );
  });

  test('the order of rows does not matter to the hash of a part, the context does', () => {
    const rows = [packSoftware(some()), packSoftware(some({ name: 'curl' }))];
    expect(hashPart(rows, 1)).toBe(hashPart([...rows].reverse(), 1));
    expect(hashPart(rows, 1)).not.toBe(hashPart(rows, 2));
  });

  test('where a package was built from makes another software of the same version', () => {
    const rebuilt = some({ sourcePackage: 'bash', sourceVersion: '5.1' });
    expect(versionKey(rebuilt)).toBe(versionKey(some()));
    expect(softwareKey(packSoftware(rebuilt), 1)).not.toBe(softwareKey(packSoftware(some()), 1));
  });

  test('an app that was renamed stays one title by its bundle', () => {
    const app = (name: string) => some({ source: 'apps', name, bundleIdentifier: 'org.example.app' });
    expect(titleKey(app('Editor'))).toBe(titleKey(app('Editor Pro')));
  });
});

describe('titles', () => {
  const program = (name: string, version: string, upgradeCode = '') =>
    some({ source: 'programs', name, version, upgradeCode });

  test.each([
    ['7-Zip 23.01 (x64)', '23.01', '7-Zip'],
    ['7-Zip 22.01 (x64 edition)', '22.01', '7-Zip'],
    ['Mozilla Firefox (x64 en-US)', '121.0', 'Mozilla Firefox (en-US)'],
    ['Notepad++ (64-bit x64)', '8.6', 'Notepad++'],
    ['Git version 2.43.0', '2.43.0', 'Git'],
    [
      'Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.38.33130',
      '14.38.33130',
      'Microsoft Visual C++ 2015-2022 Redistributable',
    ],
    ['Python 3.12.1 (64-bit)', '3.12.1150.0', 'Python 3.12.1'],
    ['x64', '1', 'x64'],
    ['Tool 1+1', '1+1', 'Tool'],
  ])('the program %s %s is the title %s', (name, version, title) => {
    expect(titleName(program(name, version))).toBe(title);
  });

  test('an update of a program is no new title, by its upgrade code or else by its name', () => {
    expect(titleKey(program('Tool 2.0', '2.0'))).toBe(titleKey(program('Tool 1.0', '1.0')));
    expect(titleKey(program('Editor', '1', '{A}'))).toBe(titleKey(program('Editor Pro', '2', '{A}')));
    expect(titleKey(program('Editor', '1', '{A}'))).not.toBe(titleKey(program('Editor', '1', '{B}')));
  });

  test.each(['ios_apps', 'ipados_apps'])(
    '%s are titles by their bundle, Android apps by their application',
    (source) => {
      const app = (name: string) => some({ source, name, bundleIdentifier: 'org.example.app' });
      expect(titleKey(app('a'))).toBe(titleKey(app('b')));
      const android = (name: string) => some({ source: 'android_apps', name, applicationId: 'org.example.app' });
      expect(titleKey(android('a'))).toBe(titleKey(android('b')));
      expect(titleKey(android('a'))).not.toBe(titleKey(app('a')));
    },
  );
});

describe('sources', () => {
  test.each(allSources)('$source names its query and part as the protocol wants', ({ source, part, queryName }) => {
    expect(queryName).toMatch(
      /^fleet_detail_query_(software_[a-z]+|os_version|os_windows|kernel_info|windows_update_history)$/,
    );
    expect(partOf({ kind: part === 'os' ? 'os' : 'normal', source })).toBe(part);
  });

  test.each(askedSources)('$source asks in one statement', ({ query }) => {
    expect(query).not.toMatch(/;/);
  });

  test.each([
    ['', { sourcePackage: 'bash', sourceVersion: '5.2.15-2+b8' }],
    ['bash (5.2.15-2)', { sourcePackage: 'bash', sourceVersion: '5.2.15-2' }],
    ['glibc', { sourcePackage: 'glibc', sourceVersion: '5.2.15-2+b8' }],
  ])('the source package of a Debian package comes from dpkg: %j', (source_package, origin) => {
    expect(
      debPackages.toSoftware({ name: 'bash', version: '5.2.15-2+b8', source_package, arch: 'amd64' }),
    ).toMatchObject(origin);
  });

  test('the source of an rpm carries the epoch, which counts first', () => {
    const row = {
      name: 'openssl-libs',
      version: '3.0.7',
      release: '25.el9',
      epoch: '1',
      source_package: 'openssl-3.0.7-25.el9.src.rpm',
      arch: 'x86_64',
      vendor: 'AlmaLinux',
    };
    expect(rpmPackages.toSoftware(row)).toMatchObject({
      sourcePackage: 'openssl',
      sourceVersion: '1:3.0.7-25.el9',
      release: '25.el9',
    });
  });

  test('the running kernel is its package, else what the kernel says of itself', () => {
    const packaged = {
      running: '6.1.0-18-amd64',
      name: 'linux-image-6.1.0-18-amd64',
      version: '6.1.76-1',
      source_package: 'linux-signed-amd64 (6.1.76+1)',
      arch: 'amd64',
    };
    expect(runningKernel.toSoftware(packaged)).toMatchObject({
      kind: 'kernel',
      source: 'deb_packages',
      version: '6.1.76-1',
      sourcePackage: 'linux-signed-amd64',
    });
    expect(runningKernel.toSoftware({ running: '6.18.44', name: '' })).toMatchObject({
      kind: 'kernel',
      source: 'linux_kernel',
      version: '6.18.44',
    });
  });
});

test('a part is reported only when all its queries were answered', () => {
  const answer = { rows: [{ name: 'Debian GNU/Linux', version: '12' }] };
  const base = { hostId: 1, asked: 1, receivedAt: new Date(), platform: 'linux' as const };
  expect(readParts({ ...base, answers: new Map([['fleet_detail_query_os_version', answer]]) })).toEqual([]);
  expect(
    readParts({ ...base, platform: 'darwin', answers: new Map([['fleet_detail_query_os_version', answer]]) }),
  ).toHaveLength(1);
});

describe('a table that an osquery lacks', () => {
  const lacking = { error: 'no such table: fleetd_pacman_packages' };
  const base = { hostId: 1, asked: 1, receivedAt: new Date(), platform: 'linux' as const };

  test('leaves its part unknown when it is optional', () => {
    expect(readParts({ ...base, answers: new Map([['fleet_detail_query_software_pacman', lacking]]) })).toEqual([]);
  });

  test('is left out of a part that others tell of', () => {
    const answers = new Map<string, Answer>([
      ['fleet_detail_query_software_vscode', { rows: [{ name: 'go', version: '1', extension_for: 'cursor' }] }],
      ['fleet_detail_query_software_jetbrains', { error: 'no such table: jetbrains_plugins' }],
    ]);
    expect(readParts({ ...base, answers })).toMatchObject([{ part: 'editor', error: null, software: { size: 1 } }]);
  });

  test('is an error where every osquery has it', () => {
    const answers = new Map([['fleet_detail_query_software_deb', { error: 'no such table: deb_packages' }]]);
    expect(readParts({ ...base, answers })).toMatchObject([{ part: 'deb', software: null }]);
  });
});

describe('corrections', () => {
  const read = (rows: Row[], correction: Answer) => {
    const [report] = readParts({
      ...{ hostId: 1, asked: 1, receivedAt: new Date(), platform: 'darwin' as const },
      answers: new Map<string, Answer>([
        ['fleet_detail_query_software_apps', { rows }],
        ['fleet_detail_query_software_macos_firefox', correction],
      ]),
    });
    return report;
  };
  const firefox = {
    name: 'Firefox.app',
    bundle_name: 'Firefox',
    bundle_identifier: 'org.mozilla.firefox',
    installed_path: '/Applications/Firefox.app',
  };
  const names = (report: PartReport | undefined) => [...(report?.software?.values() ?? [])].map(({ name }) => name);

  test('rename the Firefox that has extended support', () => {
    expect(names(read([firefox], { rows: [{ installed_path: '/Applications/Firefox.app' }] }))).toEqual([
      'Firefox ESR',
    ]);
    expect(names(read([firefox], { rows: [] }))).toEqual(['Firefox']);
  });

  test('correct nothing without their table, and fail the part when they fail', () => {
    expect(names(read([firefox], { error: 'no such table: parse_ini' }))).toEqual(['Firefox']);
    expect(read([firefox], { error: 'denylisted' })).toMatchObject({ software: null, error: 'denylisted' });
  });
});

test('a month of the past begins and ends at midnight UTC', () => {
  expect(monthOf(new Date('2026-12-31T23:30:00-02:00'), 0)).toEqual({
    name: 'host_software_past_2027_01',
    from: new Date('2027-01-01T00:00:00Z'),
    until: new Date('2027-02-01T00:00:00Z'),
  });
});

const captured = new URL(
  '../../../../shared/contract/osquery-capture/distributed-write-details-and-software-5.23.1.json',
  import.meta.url,
);
test.skipIf(!existsSync(captured))('every package that a real osquery reported is understood [needs ../shared]', () => {
  const { queries } = JSON.parse(readFileSync(captured, 'utf8')) as {
    queries: Record<string, Record<string, string>[]>;
  };
  const rows = (queries.t_deb_packages ?? []).map(({ source = '', ...row }) => ({ ...row, source_package: source }));
  const answers = new Map([['fleet_detail_query_software_deb', { rows }]]);
  const [report] = readParts({ hostId: 1, asked: 1, receivedAt: new Date(), platform: 'linux', answers });
  expect(report?.problems).toEqual([]);
  expect(report?.software?.size).toBe(rows.length);
  expect(rows.length).toBe(771);
});
