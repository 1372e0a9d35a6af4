import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exposureWeight } from './exposure.ts';

test.each([
  [{ score: 9.8, isKnownExploited: true }, 98],
  [{ score: 9.8, probability: 0.5, isKnownExploited: false }, 49],
  [{ score: 9.8, isKnownExploited: false }, 1],
  [{ level: 'critical', isKnownExploited: true }, 95],
  [{ isKnownExploited: false }, 0.6],
  [{ score: 0, probability: 0.9, isKnownExploited: false }, 0],
] as const)('%j weighs %s', (inputs, weight) => expect(exposureWeight(inputs)).toBe(weight));

test('a weight grows with the score, the likelihood and known attacks, from 0 to 100', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, share, (low, high, probability) => {
      const [lower, higher] = [Math.min(low, high), Math.max(low, high)];
      const weigh = (score: number, likelihood: number, isKnownExploited = false) =>
        exposureWeight({ score: score * 10, probability: likelihood, isKnownExploited });
      expect(weigh(lower, probability)).toBeLessThanOrEqual(weigh(higher, probability));
      expect(weigh(probability, lower)).toBeLessThanOrEqual(weigh(probability, higher));
      expect(weigh(high, probability)).toBeLessThanOrEqual(weigh(high, probability, true));
      expect(weigh(1, 1, true)).toBe(100);
      expect(weigh(lower, probability)).toBeGreaterThanOrEqual(0);
    }),
  );
});
