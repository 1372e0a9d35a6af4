import { describe, expect, test } from 'vitest';
import { identify } from './debian.ts';
import { trackedKernel } from './debian-kernels.ts';
import { type SoftwareIdentity, softwareIdentity } from './software-identity.ts';

const deb = (fields: Partial<SoftwareIdentity>): SoftwareIdentity =>
  softwareIdentity({
    ...{ source: 'deb_packages', name: 'bash', version: '5.2.15-2', arch: 'amd64', context: 'debian-12' },
    ...fields,
  });

describe('the identity of a Debian package', () => {
  test.each([
    [{}, 'bash', '5.2.15-2', 'package_name', 'package_version'],
    [{ version: '5.2.15-2+b8' }, 'bash', '5.2.15-2', 'package_name', 'package_version_without_rebuild'],
    [
      { name: 'libssl3', sourcePackage: 'openssl', sourceVersion: '3.0.11-1', version: '3.0.11-1' },
      'openssl',
      '3.0.11-1',
      'source_package',
      'package_version',
    ],
    [
      { name: 'bash', sourcePackage: 'bash', sourceVersion: '5.2.15-2', version: '5.2.15-2+b8' },
      'bash',
      '5.2.15-2',
      'source_package',
      'source_version',
    ],
    [
      { name: 'gcc', sourcePackage: 'gcc-defaults', sourceVersion: '1.203', version: '4:12.2.0-3' },
      'gcc-defaults',
      '1.203',
      'source_package',
      'source_version',
    ],
    // The inventory repeats the package's version where the source's was not reported.
    [
      { sourcePackage: 'bash', sourceVersion: '5.2.15-2+b8', version: '5.2.15-2+b8' },
      'bash',
      '5.2.15-2',
      'source_package',
      'package_version_without_rebuild',
    ],
    [{ version: '1.0-1+b1.2' }, 'bash', '1.0-1+b1.2', 'package_name', 'package_version'],
    [
      { kind: 'kernel', sourcePackage: 'linux-signed-amd64', sourceVersion: '6.1.90+1', version: '6.1.90-1' },
      'linux',
      '6.1.90-1',
      'unsigned_source',
      'package_version',
    ],
  ] as const)('%j is looked up as %s %s', (fields, name, version, from, versionFrom) => {
    expect(identify(deb(fields))).toEqual({ name, version, derivation: { name: from, version: versionFrom } });
  });
});

test.each([
  ['linux', 'linux'],
  ['linux-6.1', 'linux-6.1'],
  ['linux-signed-amd64', 'linux'],
  ['linux-signed-6.1-arm64', 'linux-6.1'],
  ['linux-atm', null],
  ['util-linux', null],
  ['linux-base', null],
])('%s is tracked as %s', (source, tracked) => {
  expect(trackedKernel(source)).toBe(tracked);
});
