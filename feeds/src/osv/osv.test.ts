import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { describe, expect, test } from 'vitest';
import type { Feed } from '../feed.ts';
import {
  advisoriesIn,
  filesAt,
  filesWith,
  fixtureFiles,
  hasMirror,
  mirror,
  parseAll,
  problemsIn,
} from '../testing/feed-fixtures.ts';
import { osvLanguages } from './languages.ts';
import { osvAlmaLinux, osvRocky } from './rpm-distributions.ts';
import { osvUbuntu } from './ubuntu.ts';

const pypi = osvLanguages['osv-pypi'];

async function fixture(feed: Feed, name: string): Promise<Map<string, Advisory>> {
  const items = await parseAll(feed, fixtureFiles(name));
  return new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
}

async function read(affected: object, rest: object = {}) {
  const record = { id: 'PYSEC-1', affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ...affected }], ...rest };
  return parseAll(pypi, filesWith(JSON.stringify(record)));
}
const rangesOf = async (affected: object) => advisoriesIn(await read(affected))[0]?.affected[0]?.ranges;
const ecosystem = (...events: object[]) => ({ type: 'ECOSYSTEM', events });

describe('the records of PyPI', () => {
  test('one names its vulnerability by the CVE, and its package as the registry compares names', async () => {
    const records = await fixture(pypi, 'osv-pypi');
    expect(records.get('PYSEC-2021-335')).toEqual({
      feed: 'osv-pypi',
      id: 'PYSEC-2021-335',
      vulnerabilities: ['CVE-2021-32807'],
      aliases: ['PYSEC-2021-335', 'GHSA-qcx9-j53g-ccgf'],
      affected: [
        {
          key: 'pypi:accesscontrol',
          scheme: 'pep440',
          statement: 'ranges',
          ranges: [
            { introduced: '4.0', fixed: '4.3' },
            { introduced: '5.0', fixed: '5.2' },
          ],
        },
      ],
      facts: { published: '2021-07-30T22:15:00.000Z', description: expect.stringContaining('AccessControl') },
    });
  });

  test('one that was withdrawn affects nothing', async () => {
    const records = await fixture(pypi, 'osv-pypi');
    expect(records.get('PYSEC-2019-144')).toMatchObject({ affected: [] });
  });

  test('one without a CVE goes by its own id', async () => {
    const records = await fixture(pypi, 'osv-pypi');
    expect(records.get('PYSEC-2022-250')).toMatchObject({ vulnerabilities: ['PYSEC-2022-250'], aliases: [] });
  });

  test('one that is no JSON is a problem beside the others', async () => {
    const items = await parseAll(pypi, fixtureFiles('osv-pypi'));
    expect(problemsIn(items)).toEqual([{ record: 'odd.json', problem: 'no object' }]);
    expect(advisoriesIn(items)).toHaveLength(6);
  });
});

describe('which versions a record affects', () => {
  const zero = { introduced: '0' };
  test.each<[string, object, object[]]>([
    ['all', { ranges: [ecosystem(zero)] }, [{}]],
    ['those before the fix', { ranges: [ecosystem(zero, { fixed: '2' })] }, [{ fixed: '2' }]],
    ['those up to the last', { ranges: [ecosystem(zero, { last_affected: '2' })] }, [{ lastAffected: '2' }]],
    ['those before a limit', { ranges: [ecosystem(zero, { limit: '2' })] }, [{ fixed: '2' }]],
    ['all where the limit is none', { ranges: [ecosystem(zero, { limit: '*' })] }, [{}]],
    [
      'several spans, of which the last is open',
      { ranges: [ecosystem(zero, { fixed: '1' }, { introduced: '3' })] },
      [{ fixed: '1' }, { introduced: '3' }],
    ],
    [
      'those of each range',
      { ranges: [ecosystem(zero, { fixed: '1' }), ecosystem({ introduced: '3' }, { fixed: '4' })] },
      [{ fixed: '1' }, { introduced: '3', fixed: '4' }],
    ],
    [
      'those before the first of two fixes',
      { ranges: [ecosystem(zero, { fixed: '1' }, { fixed: '2' })] },
      [{ fixed: '1' }],
    ],
    ['the listed ones', { versions: ['1.0', '1.1'] }, [point('1.0'), point('1.1')]],
    [
      'the listed ones, as commits say nothing of versions',
      { ranges: [{ type: 'GIT', events: [zero, { fixed: 'abc' }] }], versions: ['1.0'] },
      [point('1.0')],
    ],
    [
      'a listed one that lies in no range',
      { ranges: [ecosystem({ introduced: '2' }, { fixed: '3' })], versions: ['1.0', '2.0', '2.5', '3.0'] },
      [{ introduced: '2', fixed: '3' }, point('1.0'), point('3.0')],
    ],
    [
      'no listed one that cannot be ordered',
      { ranges: [ecosystem({ introduced: '2' }, { fixed: '3' })], versions: ['2004d'] },
      [{ introduced: '2', fixed: '3' }],
    ],
  ])('%s', async (_which, affected, ranges) => {
    expect(await rangesOf(affected)).toEqual(ranges);
  });

  test('a package with neither ranges nor versions is a problem, as silence would read as not affected', async () => {
    const items = await read({ ranges: [{ type: 'GIT', events: [zero] }] });
    expect(problemsIn(items)).toEqual([{ record: 'PYSEC-1', problem: 'a: neither ranges nor versions' }]);
  });

  function point(version: string) {
    return { introduced: version, lastAffected: version };
  }
});

test('ratings are kept as the record has them, the first of each kind', async () => {
  const severity = [
    { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' },
    { type: 'CVSS_V3', score: 'CVSS:3.1/AV:L' },
    { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N' },
    { type: 'constructor', score: '9' },
    7,
  ];
  const [advisory] = advisoriesIn(await read({ versions: ['1'] }, { severity }));
  expect(advisory?.severity).toEqual({ cvss3: 'CVSS:3.1/AV:N', cvss4: 'CVSS:4.0/AV:N' });
});

test.each([
  ['osv-go', 'go:golang.org/x/net', 'go'],
  ['osv-npm', 'npm:@babel/traverse', 'npm'],
  ['osv-maven', 'maven:org.apache.logging.log4j/log4j-core', 'maven'],
  ['osv-packagist', 'packagist:vendor/made-up', 'packagist'],
  ['osv-nuget', 'nuget:newtonsoft.json', 'nuget'],
  ['osv-crates', 'crates:time', 'semver'],
  ['osv-rubygems', 'rubygems:rack', 'rubygems'],
] as const)('%s has packages as %s, in the order of %s', async (name, key, scheme) => {
  const advisories = [...(await fixture(osvLanguages[name], name)).values()];
  expect(advisories.flatMap(({ affected }) => affected)).toContainEqual(expect.objectContaining({ key, scheme }));
});

describe('the updates of AlmaLinux', () => {
  test('one names the CVEs that it mends, and binary packages with epochs', async () => {
    const records = await fixture(osvAlmaLinux, 'osv-almalinux');
    expect(records.get('ALSA-2025:10073')).toEqual({
      feed: 'osv-almalinux',
      id: 'ALSA-2025:10073',
      vulnerabilities: ['CVE-2025-6430', 'CVE-2025-6424', 'CVE-2025-6429', 'CVE-2025-6425'],
      aliases: ['ALSA-2025:10073'],
      affected: [
        {
          ...{ key: 'rpm:almalinux-10:firefox', scheme: 'rpm', statement: 'ranges' },
          ranges: [{ fixed: '128.12.0-1.el10_0' }],
        },
      ],
    });
  });

  test('one for a module says which stream it is for, and of builds of one package the lowest counts', async () => {
    const records = await fixture(osvAlmaLinux, 'osv-almalinux');
    const affected = records.get('ALSA-2023:3821')?.affected.filter(({ key }) => key.endsWith(':rubygem-bson'));
    expect(affected).toEqual([
      {
        ...{ key: 'rpm:almalinux-8:rubygem-bson', scheme: 'rpm', statement: 'ranges' },
        ranges: [{ fixed: '4.8.1-1.module_el8.3.0+6147+d0dfc1e4' }],
        only: { module: 'ruby:2.7' },
      },
    ]);
  });

  test('one for two modules says so of each', async () => {
    const records = await fixture(osvAlmaLinux, 'osv-almalinux');
    const modules = records.get('ALSA-2021:2583')?.affected.map(({ only }) => only?.module);
    expect(new Set(modules)).toEqual(new Set(['python38:3.8', 'python38-devel:3.8']));
  });

  test('a mere bug fix is left out', async () => {
    expect((await fixture(osvAlmaLinux, 'osv-almalinux')).has('ALBA-2019:0973')).toBe(false);
  });
});

test('updates of Rocky Linux are those of the release, not of its special interest groups', async () => {
  const records = await fixture(osvRocky, 'osv-rocky');
  expect([...records.keys()]).toEqual(['RXSA-2023:0101', 'RLSA-2099:0002']);
  expect(records.get('RXSA-2023:0101')).toMatchObject({ vulnerabilities: ['CVE-2022-2964'], affected: [] });
  expect(records.get('RLSA-2099:0002')?.affected).toEqual([
    { key: 'rpm:rocky-9:httpd', scheme: 'rpm', statement: 'ranges', ranges: [{ fixed: '0:2.4.57-8.el9' }] },
  ]);
});

describe('the vulnerabilities of Ubuntu', () => {
  const keysOf = (advisory: Advisory | undefined) => advisory?.affected.map(({ key }) => key);

  test('releases, and what only subscribers get, are places of their own', async () => {
    const records = await fixture(osvUbuntu, 'osv-ubuntu');
    expect(records.get('UBUNTU-CVE-2022-24823')?.vulnerabilities).toEqual(['CVE-2022-24823']);
    expect(keysOf(records.get('UBUNTU-CVE-2022-24823'))).toContain('deb:ubuntu-22.04-pro:netty');
    expect(keysOf(records.get('UBUNTU-CVE-2022-24823'))).toContain('deb:ubuntu-25.10:netty');
    expect(records.get('UBUNTU-CVE-2022-24823')?.severity).toEqual({
      cvss3: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N',
      rating: 'low',
    });
  });

  test('notices repeat what is said of each vulnerability, and other channels have other packages', async () => {
    const records = await fixture(osvUbuntu, 'osv-ubuntu');
    expect(records.has('USN-5614-1')).toBe(false);
    expect(records.get('UBUNTU-CVE-2099-10005')?.affected).toEqual([]);
  });

  test('records with a status of the tracker are derived, and the status is heeded', async () => {
    const records = await fixture(osvUbuntu, 'osv-ubuntu');
    expect(records.get('UBUNTU-CVE-2021-3782')?.isDerived).toBeUndefined();
    expect(records.get('UBUNTU-CVE-2012-1148')?.isDerived).toBe(true);
    expect(records.get('UBUNTU-CVE-2002-2439')?.affected[0]).toMatchObject({ statement: 'undetermined', ranges: [] });
    expect(records.get('UBUNTU-CVE-2012-1096')?.affected[0]).toMatchObject({ remark: 'postponed', ranges: [{}] });
  });
});

describe.skipIf(!hasMirror)('the real archives are understood whole [needs ../shared]', () => {
  test.each<[string, Feed, { records: number; statements: number }]>([
    ['PyPI', pypi, { records: 2_661, statements: 2_651 }],
    ['Go', osvLanguages['osv-go'], { records: 4_291, statements: 6_106 }],
    ['AlmaLinux', osvAlmaLinux, { records: 4_440, statements: 59_688 }],
    ['Ubuntu', osvUbuntu, { records: 10_023, statements: 37_051 }],
  ])('%s', async (name, feed, { records, statements }) => {
    const items = await parseAll(feed, filesAt(`${mirror}osv/${name}/all.zip`));
    const advisories = advisoriesIn(items);
    expect(problemsIn(items)).toEqual([]);
    expect(advisories).toHaveLength(records);
    expect(advisories.reduce((sum, { affected }) => sum + affected.length, 0)).toBe(statements);
  });
});
