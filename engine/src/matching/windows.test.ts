import { describe, expect, test } from 'vitest';
import type { Affected } from '../advisories/advisory.ts';
import { judgeSoftware } from './judge-software.ts';
import { createMemoryIndex } from './memory-index.ts';
import { softwareIdentity } from './software-identity.ts';
import { patchesNamedIn } from './windows-patches.ts';
import { windowsProduct } from './windows-product.ts';
import { versionInRelease } from './windows-releases.ts';

test.each([
  ['Windows 11 23H2', '10.0.22631.2861', 'x64', 'windows_11_23h2 x64'],
  // The files of a release may carry the build of the one before.
  ['Windows 10 22H2', '10.0.19041.3803', 'x64', 'windows_10_22h2 x64'],
  ['Windows 10', '10.0.19045', 'arm64', 'windows_10_22h2 arm64'],
  ['Windows 10 1809', '10.0.17763.5329', 'x86', 'windows_10_1809 x86'],
  ['Windows Server 2022 21H2', '10.0.20348.2159', 'x64', 'windows_server_2022 x64'],
  ['Windows Server 2025 24H2', '10.0.26100.1742', 'x64', 'windows_server_2025 x64'],
  ['Windows Server 2012 R2', '6.3.9600.21620', 'x64', 'windows_server_2012_r2 x64'],
  ['Windows Server 23H2', '10.0.25398.584', 'x64', 'windows_server_23h2 x64'],
  ['Windows 8.1', '6.3.9600.20000', 'x64', 'windows_8.1 x64'],
  ['Windows 12 27H2', '10.0.30000.1', 'x64', null],
  ['Windows 10 22H2', '10.0.19045.1', 'riscv64', null],
  ['', '', '', null],
])('%s %s %s is %s', (name, version, arch, product) => {
  const found = windowsProduct(name, version, arch);
  expect(found && `${found.release} ${found.arch}`).toBe(product);
});

test.each([
  ['10.0.19041.3803', 'windows_10_22h2', '10.0.19045.3803'],
  ['10.0.22621.2861', 'windows_11_23h2', '10.0.22631.2861'],
  ['10.0.26100.4061', 'windows_11_25h2', '10.0.26200.4061'],
  ['10.0.17763.5329', 'windows_server_2019', '10.0.17763.5329'],
  ['10.0.17763.5329', 'windows_10_22h2', null],
  ['10.0.19045', 'windows_10_22h2', null],
  ['10.0.19045.1', 'windows_3.11', null],
])('%s in %s is %s', (version, release, expected) => expect(versionInRelease(version, release)).toBe(expected));

describe('Windows', () => {
  const key = 'msrc:windows_10_22h2:x64';
  const judge = (fields: Partial<Affected>, version: string, patches: string[] | null) => {
    const index = createMemoryIndex();
    const affected: Affected = { key, scheme: 'windows', statement: 'ranges', ranges: [{}], ...fields };
    index.add({ feed: 'msrc', id: 'x', vulnerabilities: ['CVE-2024-38063'], aliases: [], affected: [affected] });
    const [verdict] = judgeSoftware(
      softwareIdentity({
        ...{
          kind: 'os',
          source: 'operating_systems',
          name: 'Windows 10 22H2',
          version,
          arch: 'x64',
          vendor: 'windows',
        },
        patches,
      }),
      index,
    ).verdicts;
    return verdict && ('reason' in verdict ? `${verdict.verdict} ${verdict.reason}` : verdict.verdict);
  };
  const build = { ranges: [{ fixed: '10.0.19045.4780' }], endedBy: ['KB5041580', 'KB5043064'] };
  const patch = { endedBy: build.endedBy };

  test.each<[string, Partial<Affected>, string, string[] | null, string]>([
    ['a build at the fix needs no patches', build, '10.0.19045.4780', null, 'not_affected outside_range'],
    ['under the build of another release, too', build, '10.0.19041.4780', [], 'not_affected outside_range'],
    ['a build before it is affected', build, '10.0.19041.4651', null, 'affected'],
    ['unless a patch ends it', build, '10.0.19045.4651', ['KB5041580'], 'not_affected patched'],
    ['or one that replaces it', build, '10.0.19045.4651', ['KB1', 'KB5043064'], 'not_affected patched'],
    ['without a build, a patch ends it', patch, '10.0.19045.4651', ['KB5043064'], 'not_affected patched'],
    ['without that patch it is affected', patch, '10.0.19045.4651', ['KB5040427'], 'affected'],
    ['without a list of patches nobody can tell', patch, '10.0.19045.9999', null, 'unknown patches_not_reported'],
    ['nor with an empty one', patch, '10.0.19045.9999', [], 'unknown patches_not_reported'],
    ['what no update ends affects every build', {}, '10.0.19045.9999', null, 'affected'],
    ['a build without a revision is none to compare', build, '10.0.19045', null, 'unknown version_not_comparable'],
  ])('%s', (_case, statement, version, patches, expected) => expect(judge(statement, version, patches)).toBe(expected));
});

test('the patches that tell hosts apart are those that any statement names', () => {
  const statement: Affected = { key: 'k', scheme: 'windows', statement: 'ranges', ranges: [{}] };
  const named = patchesNamedIn([
    statement,
    { ...statement, endedBy: ['KB1', 'KB2'] },
    { ...statement, endedBy: ['KB2'] },
  ]);
  expect([...named]).toEqual(['KB1', 'KB2']);
});
