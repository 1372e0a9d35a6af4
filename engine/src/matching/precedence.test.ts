import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutPreceded } from './precedence.ts';
import type { Verdict } from './verdict.ts';

const verdict = (feed: string, vulnerability = 'CVE-2026-1'): Verdict => ({
  ...{ vulnerability, verdict: 'affected', fix: null, remark: null },
  evidence: {
    ...{ feed, advisory: vulnerability, key: 'cpe:a:v:p', range: null, comparator: 'generic', compared: '1' },
    ...{ identity: { name: 'cpe_rule', version: 'as_reported' }, confidence: 'high' },
  },
});
const feedsOf = (verdicts: readonly Verdict[]) => verdicts.map(({ evidence }) => evidence.feed);

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
  expect(feedsOf(withoutPreceded(feeds.map((feed) => verdict(feed))))).toEqual(expected);
});

test('silence about one vulnerability is none about another', () => {
  const verdicts = [verdict('nvd'), verdict('nvd-overrides', 'CVE-2026-2')];
  expect(withoutPreceded(verdicts)).toEqual(verdicts);
});

test('what counts never depends on the order', () => {
  const some = fc.constantFrom('nvd', 'nvd-overrides', 'nvd-gapfill', 'msrc', 'wesng', 'osv');
  fc.assert(
    fc.property(fc.uniqueArray(some), (feeds) => {
      const verdicts = feeds.map((feed) => verdict(feed));
      const counting = feedsOf(withoutPreceded(verdicts)).toSorted();
      expect(feedsOf(withoutPreceded(verdicts.toReversed())).toSorted()).toEqual(counting);
    }),
  );
});
