import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Advisory, Affected } from '../advisories/advisory.ts';
import { judgeSoftware, lookupKeysOf } from './judge-software.ts';
import { createMemoryIndex } from './memory-index.ts';
import { type SoftwareIdentity, softwareIdentity } from './software-identity.ts';

const key = 'deb:debian-12:openssl';
const affected = (fields: Partial<Affected> = {}): Affected => ({
  ...{ key, scheme: 'dpkg', statement: 'ranges', ranges: [{ fixed: '3.0.12-1' }] },
  ...fields,
});
const advisory = (vulnerability: string, ...statements: Affected[]): Advisory => ({
  ...{ feed: 'f', id: `openssl/${vulnerability}`, vulnerabilities: [vulnerability], aliases: [] },
  affected: statements,
});
const libssl = softwareIdentity({
  ...{ source: 'deb_packages', name: 'libssl3', version: '3.0.11-1~deb12u2', arch: 'amd64' },
  ...{ sourcePackage: 'openssl', sourceVersion: '3.0.11-1~deb12u2', context: 'debian-12' },
});

function judge(software: SoftwareIdentity, advisories: Advisory[]) {
  const index = createMemoryIndex();
  for (const each of advisories) index.add(each);
  return judgeSoftware(software, index);
}

describe('judging a software', () => {
  test('a verdict has the fix and everything needed to check it', () => {
    const { verdicts } = judge(libssl, [advisory('CVE-1', affected({ remark: 'no_advisory' }))]);
    expect(verdicts).toEqual([
      {
        vulnerability: 'CVE-1',
        verdict: 'affected',
        fix: { version: '3.0.12-1', from: 'f' },
        remark: 'no_advisory',
        evidence: {
          feed: 'f',
          advisory: 'openssl/CVE-1',
          key,
          range: { fixed: '3.0.12-1' },
          comparator: 'dpkg',
          compared: '3.0.11-1~deb12u2',
          identity: { name: 'source_package', version: 'package_version' },
          confidence: 'high',
        },
      },
    ]);
  });

  test('an advisory about several vulnerabilities gives a verdict on each, in the order of their names', () => {
    const both = { ...advisory('CVE-2', affected()), vulnerabilities: ['CVE-2', 'CVE-1'] };
    expect(judge(libssl, [both]).verdicts.map((verdict) => verdict.vulnerability)).toEqual(['CVE-1', 'CVE-2']);
  });

  test.each([
    [affected({ statement: 'not_affected', ranges: [] }), { verdict: 'not_affected', reason: 'stated' }],
    [affected({ statement: 'undetermined', ranges: [] }), { verdict: 'unknown', reason: 'undetermined' }],
    [affected({ ranges: [{ fixed: '3.0.1-1' }] }), { verdict: 'not_affected', reason: 'outside_range' }],
    [affected({ ranges: [{ fixed: 'soon' }] }), { verdict: 'unknown', reason: 'advisory_not_comparable' }],
    [affected({ ranges: [{}] }), { verdict: 'affected', fix: null }],
  ])('%j is %j', (statement, expected) => {
    expect(judge(libssl, [advisory('CVE-1', statement)]).verdicts).toMatchObject([expected]);
  });

  test('what is computed from another upstream counts only where nothing else speaks of the vulnerability', () => {
    const derived = (...of: Parameters<typeof advisory>): Advisory => ({
      ...advisory(...of),
      feed: 'd',
      isDerived: true,
    });
    const own = advisory('CVE-1', affected({ ranges: [{ fixed: '3.0.1-1' }] }));
    const { verdicts } = judge(libssl, [derived('CVE-1', affected()), own, derived('CVE-2', affected())]);
    expect(verdicts).toMatchObject([
      { vulnerability: 'CVE-1', verdict: 'not_affected', evidence: { feed: 'f', confidence: 'high' } },
      { vulnerability: 'CVE-2', verdict: 'affected', evidence: { feed: 'd', confidence: 'medium' } },
    ]);
  });

  test('a version that is none is unknown, with the reason', () => {
    const odd = { ...libssl, version: 'r2024_1', sourceVersion: '' };
    expect(judge(odd, [advisory('CVE-1', affected())]).verdicts).toMatchObject([
      { verdict: 'unknown', reason: 'version_not_comparable', detail: expect.stringContaining('r2024_1: ') },
    ]);
  });

  test('the order in which advisories came never matters', () => {
    const statements = [
      affected(),
      affected({ ranges: [{ fixed: '3.0.1-1' }] }),
      affected({ ranges: [{ fixed: '3.0.13-1' }] }),
      affected({ statement: 'undetermined' }),
      affected({ statement: 'not_affected' }),
    ];
    const advisories = statements.map((each) => advisory('CVE-1', each));
    const expected = judge(libssl, advisories);
    expect(expected.verdicts).toMatchObject([{ verdict: 'affected' }]);
    fc.assert(
      fc.property(fc.shuffledSubarray(advisories, { minLength: advisories.length }), (shuffled) => {
        expect(judge(libssl, shuffled)).toEqual(expected);
      }),
    );
  });
});

describe('where no verdict can be given', () => {
  const some = [advisory('CVE-1', affected())];
  const cases: [string, Partial<SoftwareIdentity>, string | null][] = [
    ['a package without advisories in a covered release', { sourcePackage: 'bash' }, null],
    ['a distribution itself', { kind: 'os', source: 'operating_systems' }, 'represented_by_packages'],
    ['an update', { kind: 'patch', source: 'windows_updates', context: '' }, 'represented_by_system'],
    ['a release that no feed covers', { context: 'debian-99' }, 'no_advisories'],
    ['another distribution', { context: 'mx-23' }, 'no_matcher'],
    ['another source', { source: 'portage_packages' }, 'no_matcher'],
    [
      'a package built from the kernel',
      { name: 'linux-libc-dev', sourcePackage: 'linux' },
      'represented_by_running_kernel',
    ],
    [
      'an installed image',
      { name: 'linux-image-x', sourcePackage: 'linux-signed-amd64' },
      'represented_by_running_kernel',
    ],
    ['a kernel of their own', { kind: 'kernel', source: 'linux_kernel' }, 'kernel_not_from_package'],
  ];
  test.each(cases)('%s', (_case, fields, notJudged) => {
    const judgement = judge({ ...libssl, ...fields }, some);
    expect(judgement.verdicts).toEqual([]);
    expect(judgement.notJudged?.notJudged ?? null).toBe(notJudged);
  });

  test('the running kernel is looked up by its source, what it represents is not', () => {
    const image = { ...libssl, name: 'linux-image-6.1.0-21-amd64', sourcePackage: 'linux-signed-amd64' };
    expect(lookupKeysOf({ ...image, kind: 'kernel' })).toEqual(['deb:debian-12:linux']);
    expect(lookupKeysOf(image)).toEqual([]);
  });
});
