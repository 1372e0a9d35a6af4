import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Conclusion } from './conclude.ts';
import { withoutPreceded } from './precedence.ts';
import { toSingle } from './statements.ts';

const conclusion = (feed: string, isDerived = false): Conclusion => ({
  ...{ verdict: 'affected', reason: null, detail: null, fix: null, remark: null, range: null },
  statement: {
    ...toSingle({ key: 'cpe:a:v:p', scheme: 'generic', statement: 'ranges', ranges: [] }),
    ...{ feed, isDerived },
  },
  compared: { version: '1', derivation: { name: 'cpe_rule', version: 'as_reported' }, confidence: 'high' },
});
const feedsOf = (conclusions: readonly Conclusion[]) => conclusions.map(({ statement }) => statement.feed);

test.each([
  [['nvd', 'nvd-overrides'], ['nvd-overrides']],
  [['nvd', 'nvd-gapfill'], ['nvd']],
  [['nvd-gapfill', 'nvd-overrides', 'nvd'], ['nvd-overrides']],
  [['nvd-gapfill'], ['nvd-gapfill']],
  [['vulncheck-nvd', 'nvd'], ['nvd']],
  [['vulncheck-nvd', 'nvd-gapfill'], ['vulncheck-nvd']],
  [['wesng', 'msrc'], ['msrc']],
  [
    ['debian-security-tracker', 'nvd-gapfill'],
    ['debian-security-tracker', 'nvd-gapfill'],
  ],
])('of %j, %j count', (feeds, expected) => {
  expect(feedsOf(withoutPreceded(feeds.map((feed) => conclusion(feed))))).toEqual(expected);
});

test('what is computed from another upstream counts only where nothing else speaks', () => {
  const derived = conclusion('d', true);
  expect(feedsOf(withoutPreceded([derived, conclusion('osv')]))).toEqual(['osv']);
  expect(withoutPreceded([derived])).toEqual([derived]);
});

test('what counts never depends on the order', () => {
  const some = fc.constantFrom('nvd', 'nvd-overrides', 'nvd-gapfill', 'msrc', 'wesng', 'osv');
  fc.assert(
    fc.property(fc.uniqueArray(some), (feeds) => {
      const conclusions = feeds.map((feed) => conclusion(feed));
      const counting = feedsOf(withoutPreceded(conclusions)).toSorted();
      expect(feedsOf(withoutPreceded(conclusions.toReversed())).toSorted()).toEqual(counting);
    }),
  );
});
