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

const policy = {
  supportedMajors: 3,
  majors: new Map([
    [12, '2021-10-25'],
    [13, '2022-10-24'],
    [14, '2023-09-26'],
    [15, '2024-09-16'],
  ]),
};
const release = (version: string, date: string): Release => ({ version, major: Number.parseInt(version, 10), date });
const ranges = (...releases: Release[]) => rangesOf(releases, policy);

describe('the versions of a system that have a flaw', () => {
  test('each major version before its own fix, and those that got none any more', () => {
    const wave = [release('14.2', '2023-12-11'), release('13.6.3', '2023-12-11'), release('12.7.2', '2023-12-11')];
    expect(ranges(...wave)).toEqual([
      { fixed: '12.7.2' },
      { introduced: '13', fixed: '13.6.3' },
      { introduced: '14', fixed: '14.2' },
    ]);
  });

  test('not one that got fixes at the time, but not this', () => {
    expect(ranges(release('14.2', '2023-12-11'), release('13.6.3', '2023-12-11'))).toEqual([
      { fixed: '12' },
      { introduced: '13', fixed: '13.6.3' },
      { introduced: '14', fixed: '14.2' },
    ]);
  });

  test('not one that came with the fix', () => {
    expect(ranges(release('15.0', '2024-09-16'), release('14.7', '2024-09-16'))).toEqual([
      { fixed: '13' },
      { introduced: '14', fixed: '14.7' },
    ]);
  });

  test('one without support has what the oldest with support had', () => {
    expect(
      ranges(release('15.2', '2024-12-11'), release('14.7.2', '2024-12-11'), release('13.7.2', '2024-12-11')),
    ).toEqual([{ fixed: '13.7.2' }, { introduced: '14', fixed: '14.7.2' }, { introduced: '15', fixed: '15.2' }]);
  });

  test('the first release that has the fix counts, be it a rapid response', () => {
    expect(ranges(release('13.5', '2023-07-24'), release('13.4.1 (a)', '2023-07-10'))).toContainEqual({
      introduced: '13',
      fixed: '13.4.1 (a)',
    });
  });
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

  test('a release without a version or a date is a problem, and its vulnerabilities stay those of others', async () => {
    const releases = [
      {
        UpdateName: 'macOS 14.2',
        ProductVersion: '14.2',
        ReleaseDate: '2023-12-11T00:00:00Z',
        CVEs: { 'CVE-2023-42914': false, x: true },
      },
      { UpdateName: 'macOS soon', ProductVersion: 'soon', ReleaseDate: '2023-12-11T00:00:00Z', CVEs: {} },
      { UpdateName: 'macOS 13.6.3', ProductVersion: '13.6.3', CVEs: { 'CVE-2023-42914': false } },
    ];
    const text = JSON.stringify({ OSVersions: [{ OSVersion: 'Sonoma 14', SecurityReleases: releases }] });
    const items = await parseAll(sofaMacos, filesWith(text));
    expect(advisoriesIn(items).map(({ id }) => id)).toEqual(['CVE-2023-42914']);
    expect(problemsIn(items)).toEqual([
      { record: '14.2', problem: 'x: no CVE id' },
      { record: 'macOS soon', problem: 'no version' },
      { record: 'macOS 13.6.3', problem: 'no date' },
    ]);
  });

  test('are asked for by the hash that says whether they changed', async () => {
    const asked: object[] = [];
    const open = filesWith('{"macOS":{"UpdateHash":"f586"}}').open;
    await sofaMacos.fetch({ file: async (file) => asked.push(file) > 0, open });
    expect(asked[1]).toMatchObject({ name: 'macos_data_feed.json', edition: 'f586' });
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
