import { describe, expect, test } from 'vitest';
import { levelOfScore, severityOf } from './severity.ts';

const v3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const v2 = 'AV:N/AC:M/Au:N/C:P/I:N/A:N';
const v4 = 'CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N';

describe('the severity of a vulnerability', () => {
  test('is by version 3 where anyone gives one, for most have it', () => {
    expect(severityOf([{ cvss4: v4, cvss2: v2 }, { cvss3: v3 }])).toEqual({
      ...{ level: 'critical', score: 9.8, version: '3.1', vector: v3 },
    });
    expect(severityOf([{ cvss2: v2, cvss4: v4 }])).toMatchObject({ level: 'high', version: '4.0' });
    expect(severityOf([{ rating: 'Critical', cvss2: v2 }])).toMatchObject({ level: 'medium', score: 4.3 });
  });

  test('is what the most trusted says, as far as that can be read', () => {
    const lower = 'CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
    expect(severityOf([{ cvss3: lower }, { cvss3: v3 }])).toMatchObject({ score: 6.8 });
    expect(severityOf([{ cvss3: 'CVSS:3.1/odd' }, { cvss3: v3 }])).toMatchObject({ score: 9.8 });
  });

  test.each([
    ['Critical', 'critical'],
    ['Important', 'high'],
    ['Moderate', 'medium'],
    ['negligible', 'low'],
  ])('is the word of the maker where there is no vector: %s is %s', (rating, level) => {
    expect(severityOf([{ rating }])).toEqual({ level });
  });

  test('is unknown where nobody said a word that can be understood', () => {
    expect(severityOf([])).toBeNull();
    expect(severityOf([{ rating: 'awful', scope: 'local' }])).toBeNull();
  });
});

test.each([
  [0, '3.1', 'none'],
  [0.1, '3.1', 'low'],
  [3.9, '4.0', 'low'],
  [4, '3.0', 'medium'],
  [6.9, '3.1', 'medium'],
  [7, '3.1', 'high'],
  [8.9, '4.0', 'high'],
  [9, '3.1', 'critical'],
  [0, '2.0', 'low'],
  [6.9, '2.0', 'medium'],
  [10, '2.0', 'high'],
] as const)('%s of version %s is %s', (score, version, level) => expect(levelOfScore(score, version)).toBe(level));
