import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../feed.ts';
import { advisoriesIn, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { osvOpensuse, osvSuse } from './suse.ts';
import { suseProductOf } from './suse-products.ts';

async function fixture(feed: Feed, name: string): Promise<Map<string, Advisory>> {
  const items = await parseAll(feed, fixtureFiles(name));
  expect(problemsIn(items)).toEqual([]);
  return new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
}

/** Key → the fix, with the remark behind it. */
const fixesOf = (advisory: Advisory | undefined) =>
  Object.fromEntries(
    (advisory?.affected ?? []).map(({ key, ranges, remark }) => [
      key,
      [ranges[0]?.fixed, remark].filter(Boolean).join(' '),
    ]),
  );

describe('the updates of SUSE Linux Enterprise', () => {
  test('packages of a module are those of the release that it belongs to', async () => {
    const update = (await fixture(osvSuse, 'osv-suse')).get('SUSE-SU-2019:0048-2');
    expect(update?.vulnerabilities).toEqual(['CVE-2018-16873']);
    expect(fixesOf(update)).toEqual({ 'rpm:sles-15.1:helm-mirror': '0.2.1-1.7.1' });
  });

  test('a source is named by what is built from it, and extended support is for its subscribers', async () => {
    const fixes = fixesOf((await fixture(osvSuse, 'osv-suse')).get('SUSE-SU-2020:1663-1'));
    expect(fixes['rpm:sles-15:kernel-default']).toBe('4.12.14-150.52.1 subscription');
    expect(fixes['rpm:sles-15:reiserfs-kmp-default']).toBe('4.12.14-150.52.1 subscription');
    expect(fixes['rpm:sles-15:kernel-livepatch-4_12_14-150_52-default']).toBe('1-1.5.1');
  });

  test('what everybody gets counts before a lower build for subscribers', async () => {
    expect(fixesOf((await fixture(osvSuse, 'osv-suse')).get('SUSE-SU-2099:0001-1'))).toEqual({
      'rpm:sles-15.5:made-up': '1.0-150500.3.6.1',
      'rpm:sles-15.5:libmade1': '1.0-150500.3.3.1 subscription',
      'rpm:sles-15.5:made-up-extra': '2.0-bp155.2.3.1',
      'rpm:sles-15.6:python311-made-up': '1.0-150600.1.1',
      'rpm:sles-12.5:made-up': '0.9-11.9.1 subscription',
      'rpm:sles-16.0:made-up': '1.2-160000.1.1',
      'rpm:sle-micro-6.1:made-up': '1.2-slfo.1.1_1.1',
    });
  });

  test('a recommended update without a CVE is no security matter', async () => {
    expect((await fixture(osvSuse, 'osv-suse')).has('SUSE-RU-2099:0002-1')).toBe(false);
  });
});

test('openSUSE has releases, one that rolls, and one that is small', async () => {
  const updates = await fixture(osvOpensuse, 'osv-opensuse');
  expect(updates.get('openSUSE-SU-2019:0003-1')?.vulnerabilities).toEqual(['CVE-2018-20184', 'CVE-2018-20189']);
  expect(fixesOf(updates.get('openSUSE-SU-2019:0003-1'))).toMatchObject({
    'rpm:opensuse-leap-15.0:perl-GraphicsMagick': '1.3.29-bp150.2.12.1',
  });
  expect(fixesOf(updates.get('openSUSE-SU-2099:0003-1'))).toEqual({
    'rpm:opensuse-tumbleweed-rolling:made-up': '3.0-1.1',
    'rpm:opensuse-leap-15.6:made-up': '3.0-lp156.1.1',
    'rpm:opensuse-leap-micro-5.5:made-up': '3.0-150500.1.1',
  });
});

test.each([
  ['SUSE:Linux Enterprise Server 15 SP7-LTSS', 'sles-15.7', true],
  ['SUSE:Linux Enterprise High Performance Computing 15 SP5-ESPOS', 'sles-15.5', true],
  ['SUSE:Linux Enterprise Desktop 15 SP7', 'sles-15.7', false],
  ['SUSE:Linux Enterprise Server 11 SP4-LTSS', 'sles-11.4', true],
  ['SUSE:Linux Enterprise Micro 5.5', 'sle-micro-5.5', false],
])('%s is of %s', (ecosystem, release, isExtended) => {
  expect(suseProductOf(ecosystem)).toEqual({ release, isExtended });
});

test.each(['SUSE:Manager Proxy 4.3', 'SUSE:Enterprise Storage 7.1', 'SUSE:OpenStack Cloud 9', 'SUSE', 'Debian:12'])(
  '%s is no system',
  (ecosystem) => {
    expect(suseProductOf(ecosystem)).toBeNull();
  },
);
