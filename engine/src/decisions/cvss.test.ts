import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cvssScore } from './cvss.ts';

const published = readFileSync(new URL('../../testdata/cvss.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

describe('the score of a vector', () => {
  test('is the one published with it', () => {
    expect(published.length).toBeGreaterThan(1_000);
    const different = published.filter((line) => {
      const [vector = '', score] = line.split(' ');
      return cvssScore(vector)?.score !== Number(score);
    });
    expect(different).toEqual([]);
  });

  // Examples of FIRST: https://www.first.org/cvss/v3-1/examples, https://www.first.org/cvss/v4-0/examples
  test.each([
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', '2.0', 7.8],
    ['(AV:N/AC:L/Au:N/C:C/I:C/A:C)', '2.0', 10],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', '3.0', 6.1],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', '3.1', 6.4],
    ['CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '3.1', 6.8],
    // Temporal metrics change no base score.
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C', '3.1', 9.8],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', '4.0', 10],
    ['CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', '4.0', 7.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', '4.0', 0],
  ])('%s is one of %s: %s', (vector, version, score) => expect(cvssScore(vector)).toEqual({ version, score }));

  test.each([
    '',
    'high',
    'CVSS:3.1/AV:N',
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:Q',
    'CVSS:5.0/AV:N',
    'AV:N/AC:L/Au:N',
  ])('%j has none', (text) => expect(cvssScore(text)).toBeNull());
});
