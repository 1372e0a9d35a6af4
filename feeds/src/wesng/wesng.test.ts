import fc from 'fast-check';
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
import { readCsv } from './read-csv.ts';
import { wesng } from './wesng.ts';

describe('updates of Windows by patch', () => {
  test('a patch and all that replace it end what it fixes', async () => {
    const items = await parseAll(wesng, filesWith(fixtureOf('wesng')));
    expect(problemsIn(items)).toEqual([]);
    expect(advisoriesIn(items)).toContainEqual({
      ...{ feed: 'wesng', id: 'msrc:windows_10_22h2:x64 KB5040427', aliases: [], isDerived: true },
      vulnerabilities: ['CVE-2024-21417', 'CVE-2024-28899', 'CVE-2024-30081'],
      affected: [
        {
          ...{ key: 'msrc:windows_10_22h2:x64', scheme: 'windows', statement: 'ranges' },
          ...{ ranges: [{}], endedBy: ['KB5040427', 'KB5041580'] },
        },
      ],
    });
    expect(advisoriesIn(items)).toContainEqual(
      expect.objectContaining({ id: 'CVE-2024-38063', severity: { rating: 'Critical' }, affected: [] }),
    );
    expect(items).toContainEqual({ published: '2024-09-10T00:00:00.000Z' });
  });

  test.skipIf(!hasMirror)('the real file is understood whole [needs ../shared]', async () => {
    const files = await mirrorFiles(wesng, mirror);
    if (!files) throw new Error('not there');
    const items = await parseAll(wesng, files);
    expect(problemsIn(items)).toEqual([]);
    const advisories = advisoriesIn(items).filter(({ affected }) => affected.length > 0);
    expect(advisories.length).toBeLessThan(2_000);
    const onOne = advisories.filter(({ affected }) => affected[0]?.key === 'msrc:windows_10_22h2:x64');
    const june = onOne.find(({ id }) => id.endsWith(' KB5039211'));
    // Two years of updates, each replacing the one before.
    expect(june?.affected[0]?.endedBy?.length).toBeGreaterThan(15);
    expect(june?.affected[0]?.endedBy).toContain('KB5094127');
    expect(june?.affected[0]?.endedBy).not.toContain('KB5037768');
  });
});

test('rows come back as they were written, wherever chunks end', async () => {
  const value = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ') });
  const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 20 }), async (written, size) => {
      const quoted = [['x', 'y'], ...written].map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join());
      const bytes = Buffer.from(quoted.join('\r\n'));
      async function* chunks() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const read: string[][] = [];
      for await (const { x = '', y = '' } of readCsv(chunks(), 1000)) read.push([x, y]);
      expect(read).toEqual(written);
    }),
  );
});
