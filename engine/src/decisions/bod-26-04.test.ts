import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideBod2604 } from './bod-26-04.ts';

const rows = readFileSync(new URL('../../testdata/bod-26-04.csv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((row) => row.split(','));

const words = {
  'next-upgrade': [null, false],
  '60-days': [60, false],
  '14-days': [14, false],
  '3-days': [3, false],
  '3-days-and-forensics': [3, true],
};

describe('the directive', () => {
  test('has sixteen rows', () => expect(rows).toHaveLength(16));

  test.each(rows)(
    'exploited %s, exposed %s, automatable %s, impact %s: %s',
    (exploited, exposed, automatable, impact, due) => {
      const [days, needsForensics] = words[due as keyof typeof words];
      const inputs = {
        isKnownExploited: exploited === 'yes',
        isAssetExposed: exposed === 'yes',
        isAutomatable: automatable === 'yes',
        technicalImpact: impact as 'partial' | 'total',
      };
      expect(decideBod2604(inputs)).toEqual({ days, needsForensics, isCertain: true });
    },
  );

  test('of what nobody knows, the strictest counts, and it says so', () => {
    expect(decideBod2604({ isKnownExploited: true, isAssetExposed: false, isAutomatable: true })).toEqual({
      ...{ days: 3, needsForensics: true, isCertain: false },
    });
    expect(decideBod2604({})).toEqual({ days: 3, needsForensics: true, isCertain: false });
  });

  test('an open question that changes nothing leaves it certain', () => {
    const inputs = { isKnownExploited: false, isAssetExposed: false, isAutomatable: false };
    expect(decideBod2604(inputs)).toEqual({ days: null, needsForensics: false, isCertain: true });
  });
});
