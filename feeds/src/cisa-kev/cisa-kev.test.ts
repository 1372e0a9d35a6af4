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
import { cisaKev } from './cisa-kev.ts';

describe('the list of known exploited vulnerabilities', () => {
  test('each entry says since when, until when, and whether by ransomware', async () => {
    const items = await parseAll(cisaKev, filesWith(fixtureOf('cisa-kev')));
    const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
    expect(byId.get('CVE-2021-44228')).toEqual({
      feed: 'cisa-kev',
      id: 'CVE-2021-44228',
      vulnerabilities: ['CVE-2021-44228'],
      aliases: [],
      affected: [],
      exploitation: { since: '2021-12-10', due: '2021-12-24', inRansomware: true },
    });
    expect(items).toContainEqual({ published: '2026-08-21T17:46:43.601Z' });
    expect(problemsIn(items)).toEqual([{ record: 'CVE-2023-4911', problem: 'no date when it was added' }]);
  });

  test('entries without a CVE id are problems', async () => {
    const items = await parseAll(cisaKev, filesWith('{"vulnerabilities":[{"cveID":"x"},null,3]}'));
    expect(problemsIn(items)).toEqual([0, 1, 2].map((n) => ({ record: `entry ${n}`, problem: 'no CVE id' })));
  });

  test('days that no calendar has are no dates', async () => {
    const entry = (fields: object) => ({ cveID: 'CVE-2026-0001', dateAdded: '2026-02-01', ...fields });
    const odd = [
      entry({ dateAdded: '2026-02-30' }),
      entry({ dateAdded: '2026-13-01' }),
      entry({ dueDate: '2026-02-31' }),
    ];
    const items = await parseAll(cisaKev, filesWith(JSON.stringify({ dateReleased: 'soon', vulnerabilities: odd })));
    expect(problemsIn(items).map(({ problem }) => problem)).toEqual([
      'no date',
      'no date when it was added',
      'no date when it was added',
    ]);
    expect(advisoriesIn(items)).toMatchObject([{ exploitation: { since: '2026-02-01', due: null } }]);
  });

  test.skipIf(!hasMirror)('the real file is understood whole [needs ../shared]', async () => {
    const items = await parseAll(cisaKev, filesAt(join(mirror, 'kev/known_exploited_vulnerabilities.json.gz')));
    expect(advisoriesIn(items)).toHaveLength(1_674);
    expect(problemsIn(items)).toEqual([]);
  });
});
