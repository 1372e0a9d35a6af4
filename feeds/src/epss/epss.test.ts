import { describe, expect, test } from 'vitest';
import { advisoriesIn, filesWith, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { readLines } from '../text/read-lines.ts';
import { epss } from './epss.ts';

test('each score is a probability and how it stands among all', async () => {
  const items = await parseAll(epss, fixtureFiles('epss'));
  expect(items).toContainEqual({ published: '2026-08-21T12:55:00.000Z' });
  expect(advisoriesIn(items).map(({ id, likelihood }) => [id, likelihood])).toEqual([
    ['CVE-2021-44228', { probability: 0.94358, percentile: 0.99957 }],
    ['CVE-2022-0778', { probability: 0.07094, percentile: 0.91136 }],
    ['CVE-2099-0001', { probability: 0.000043, percentile: 0.00001 }],
  ]);
  expect(problemsIn(items)).toEqual([
    { record: 'line 6', problem: 'no score of a CVE' },
    { record: 'line 7', problem: 'no score of a CVE' },
  ]);
});

test.each([
  '',
  '{',
  'cve,epss,percentile\n',
  '#model_version:v1\n',
  '#model_version:v1\ncve,score\n',
  'x'.repeat(9000),
])('damaged data (%j) end the reading', async (text) => {
  await expect(parseAll(epss, filesWith(text))).rejects.toThrow();
});

describe('lines', () => {
  test.each([1, 2, 3, 100])('are the same, in pieces of %i bytes', async (size) => {
    const bytes = Buffer.from('één\r\ntwo\n\nthree');
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const lines: string[] = [];
    for await (const line of readLines(pieces(), 100)) lines.push(line);
    expect(lines).toEqual(['één', 'two', '', 'three']);
  });
});
