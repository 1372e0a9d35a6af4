import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hashPart, packSoftware, softwareKey, titleKey, versionKey } from './identity.ts';
import { readParts } from './part-reports.ts';
import { monthOf } from './past-months.ts';
import { type Software, software } from './software.ts';
import { partOf, sources } from './sources.ts';

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

describe('sources', () => {
  test.each(Object.entries(sources))('%s names its query and part as the protocol wants', (name, source) => {
    expect(source.queryName).toMatch(/^fleet_detail_query_(software_[a-z]+|os_version|kernel_info)$/);
    expect(source.query).not.toMatch(/;/);
    expect(partOf({ kind: source.part === 'os' ? 'os' : 'normal', source: name })).toBe(source.part);
  });

  test.each([
    ['', { sourcePackage: 'bash', sourceVersion: '5.2.15-2+b8' }],
    ['bash (5.2.15-2)', { sourcePackage: 'bash', sourceVersion: '5.2.15-2' }],
    ['glibc', { sourcePackage: 'glibc', sourceVersion: '5.2.15-2+b8' }],
  ])('the source package of a Debian package comes from dpkg: %j', (source_package, origin) => {
    expect(
      sources.deb_packages.toSoftware({ name: 'bash', version: '5.2.15-2+b8', source_package, arch: 'amd64' }),
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
    expect(sources.rpm_packages.toSoftware(row)).toMatchObject({
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
    expect(sources.linux_kernel.toSoftware(packaged)).toMatchObject({
      kind: 'kernel',
      source: 'deb_packages',
      version: '6.1.76-1',
      sourcePackage: 'linux-signed-amd64',
    });
    expect(sources.linux_kernel.toSoftware({ running: '6.18.44', name: '' })).toMatchObject({
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
