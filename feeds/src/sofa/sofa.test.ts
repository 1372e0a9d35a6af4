import { judgeSoftware } from '@flotilla/engine/matching/judge-software';
import { createMemoryIndex } from '@flotilla/engine/matching/memory-index';
import { softwareIdentity } from '@flotilla/engine/matching/software-identity';
import { describe, expect, test } from 'vitest';
import { mirrorFiles } from '../mirror-files.ts';
import {
  advisoriesIn,
  filesWith,
  fixtureOf,
  hasMirror,
  mirror,
  parseAll,
  problemsIn,
} from '../testing/feed-fixtures.ts';
import { type Release, rangesOf } from './ranges-of.ts';
import { sofaIos, sofaMacos } from './sofa.ts';

const release = (version: string): Release => ({ version, major: Number.parseInt(version, 10) });
const ranges = (...versions: string[]) => rangesOf(versions.map(release), [12, 13, 14, 15, 26]);

const cves = (numbers: string) => numbers.split(' ').map((number) => `CVE-2023-${number}`);

/** Facts of the tests of Fleet's matcher, which reads NVD: a part of what is in these versions. */
const expectedByFleet = [
  {
    version: '14.1.2',
    expected: cves(
      '45866 42886 42891 42906 42910 42924 42883 42894 42926 42932 42907 42922 42904 42901 ' +
        '42898 42903 42902 42909 42914 42874 42882 42912 42911 42890 42905 42919 42900 42899 42908 42884',
    ),
  },
  {
    version: '13.6.2',
    expected: cves(
      '32361 35990 40541 40400 41980 38615 39233 40402 40450 42891 41079 42932 38586 41067 40407 42924 40395 38596 32396 29497',
    ),
  },
];

describe('the versions of a system that have a flaw', () => {
  test.each<[string, string[], object[]]>([
    [
      'each major version before its own fix, and all before the oldest',
      ['14.2', '13.6.3', '12.7.2'],
      [{ fixed: '12.7.2' }, { introduced: '13', fixed: '13.6.3' }, { introduced: '14', fixed: '14.2' }],
    ],
    ['older ones without a fix of their own', ['15.1.1'], [{ fixed: '15.1.1' }]],
    ['those before one that came with the fix', ['14.0'], [{ fixed: '14.0' }]],
    [
      'one without a fix between two that have it',
      ['12.7.2', '14.2'],
      [{ fixed: '12.7.2' }, { introduced: '13', fixed: '14.2' }],
    ],
    ['not one that came with the fix', ['14.7', '15.0'], [{ fixed: '14.7' }]],
    [
      'numbers that were left out are no versions',
      ['15.7.9', '26.6.1'],
      [{ fixed: '15.7.9' }, { introduced: '26', fixed: '26.6.1' }],
    ],
    [
      'the first release with the fix counts, be it a rapid response',
      ['13.5', '13.4.1 (a)'],
      [{ fixed: '13.4.1 (a)' }],
    ],
  ])('%s', (_case, versions, expected) => expect(ranges(...versions)).toEqual(expected));
});

describe('the releases of Apple', () => {
  test('become an advisory a vulnerability', async () => {
    const items = await parseAll(sofaMacos, filesWith(fixtureOf('sofa-macos')));
    const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
    expect(byId.get('CVE-2026-65400')).toEqual({
      ...{ feed: 'sofa-macos', id: 'CVE-2026-65400', vulnerabilities: ['CVE-2026-65400'], aliases: [] },
      affected: [
        {
          ...{ key: 'apple:macos', scheme: 'apple', statement: 'ranges' },
          ranges: [{ fixed: '14.8.9' }, { introduced: '15', fixed: '15.7.9' }, { introduced: '26', fixed: '26.6.1' }],
        },
      ],
      ssvc: { exploitation: 'active' },
    });
  });

  test('a release without a version is a problem beside the others', async () => {
    const releases = [
      {
        UpdateName: 'macOS 14.2',
        ProductVersion: '14.2',
        ReleaseDate: '2023-12-11T00:00:00Z',
        CVEs: { 'CVE-2023-42914': false, x: true },
      },
      { UpdateName: 'macOS soon', ProductVersion: 'soon', ReleaseDate: '2023-12-11T00:00:00Z', CVEs: {} },
    ];
    const text = JSON.stringify({ OSVersions: [{ OSVersion: 'Sonoma 14', SecurityReleases: releases }] });
    const items = await parseAll(sofaMacos, filesWith(text));
    expect(advisoriesIn(items).map(({ id }) => id)).toEqual(['CVE-2023-42914']);
    expect(problemsIn(items)).toEqual([
      { record: '14.2', problem: 'x: no CVE id' },
      { record: 'macOS soon', problem: 'no version' },
    ]);
  });

  test('are asked for by the hash that says whether they changed', async () => {
    const asked: object[] = [];
    const open = filesWith('{"macOS":{"UpdateHash":"f586"}}').open;
    await sofaMacos.fetch({ file: async (file) => asked.push(file) > 0, open });
    expect(asked[1]).toMatchObject({ name: 'macos_data_feed.json', edition: 'f586' });
  });

  test.skipIf(!hasMirror)('name what Fleet expects of two versions of macOS [needs ../shared]', async () => {
    const files = await mirrorFiles(sofaMacos, mirror);
    if (!files) throw new Error('not there');
    const index = createMemoryIndex();
    for (const advisory of advisoriesIn(await parseAll(sofaMacos, files))) index.add(advisory);
    for (const { version, expected } of expectedByFleet) {
      const system = { kind: 'os', source: 'operating_systems', name: 'macOS', vendor: 'darwin' } as const;
      const { verdicts } = judgeSoftware(softwareIdentity({ ...system, version }), index);
      const affected = new Set(verdicts.flatMap((each) => (each.verdict === 'affected' ? each.vulnerability : [])));
      expect(expected.filter((id) => !affected.has(id))).toEqual([]);
    }
  });

  test.skipIf(!hasMirror)('the real files are understood whole [needs ../shared]', async () => {
    for (const [feed, count] of [
      [sofaMacos, 2_713],
      [sofaIos, 1_108],
    ] as const) {
      const files = await mirrorFiles(feed, mirror);
      if (!files) throw new Error('not there');
      const items = await parseAll(feed, files);
      expect(problemsIn(items)).toEqual([]);
      expect(advisoriesIn(items)).toHaveLength(count);
    }
  });
});
