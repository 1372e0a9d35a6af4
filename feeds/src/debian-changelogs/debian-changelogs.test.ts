import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  advisoriesIn,
  filesAt,
  filesWith,
  fixtureOf,
  hasMirror,
  mirror,
  parseAll,
  problemsIn,
} from '../testing/feed-fixtures.ts';
import { debianChangelogs } from './debian-changelogs.ts';

describe('fixed versions from changelogs of Debian', () => {
  test('each entry is an advisory that gives way to the tracker', async () => {
    const advisories = advisoriesIn(await parseAll(debianChangelogs, filesWith(fixtureOf('debian-changelogs'))));
    expect(advisories.find(({ id }) => id === 'less/CVE-2024-32487')).toEqual({
      feed: 'debian-changelogs',
      id: 'less/CVE-2024-32487',
      vulnerabilities: ['CVE-2024-32487'],
      aliases: [],
      isDerived: true,
      affected: [
        {
          key: 'deb:debian-12:less',
          scheme: 'dpkg',
          statement: 'ranges',
          ranges: [{ fixed: '590-2.1' }],
          remark: undefined,
        },
      ],
      severity: { scope: 'remote' },
    });
    expect(advisories.every(({ isDerived }) => isDerived)).toBe(true);
  });

  test('without the file there is nothing to read', async () => {
    const files = { ...filesWith(''), has: () => false };
    expect(await parseAll(debianChangelogs, files)).toEqual([]);
  });

  test.skipIf(!hasMirror)('the real file is understood whole [needs ../shared]', async () => {
    const items = await parseAll(debianChangelogs, filesAt(join(mirror, 'debian/tracker-derived.json.gz')));
    expect(problemsIn(items)).toEqual([]);
    const advisories = advisoriesIn(items);
    expect(advisories).toHaveLength(16_290);
    const onDebian12 = advisories.filter(({ affected }) =>
      affected.some(({ key }) => key.startsWith('deb:debian-12:')),
    );
    expect(onDebian12).toHaveLength(9_096);
  });
});
