import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueDate } from './due-date.ts';
import { severityLevels } from './severity.ts';
import { type SlaRule, slaDays } from './sla.ts';

const table: SlaRule[] = [
  { isKnownExploited: true, days: 7 },
  { minimumSeverity: 'critical', days: 14 },
  { minimumSeverity: 'high', minimumProbability: 0.5, days: 10 },
  { minimumSeverity: 'high', days: 30 },
  { minimumSeverity: 'medium', days: 90 },
];

describe("a fleet's own table", () => {
  test.each([
    [{ severity: 'critical', isKnownExploited: false }, 14],
    [{ severity: 'high', isKnownExploited: false }, 30],
    [{ severity: 'high', isKnownExploited: false, probability: 0.5 }, 10],
    [{ severity: 'low', isKnownExploited: true }, 7],
    [{ severity: 'low', isKnownExploited: false }, null],
    [{ isKnownExploited: false, probability: 0.9 }, null],
  ] as const)('gives %j %s days', (inputs, days) => expect(slaDays(table, inputs)).toBe(days));

  test('gives less time to what is worse, never more', () => {
    const inputs = fc.record({
      severity: fc.constantFrom(...severityLevels),
      isKnownExploited: fc.boolean(),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(inputs, (one) => {
        const worse = { ...one, severity: 'critical', isKnownExploited: true, probability: 1 } as const;
        expect(slaDays(table, worse)).toBeLessThanOrEqual(slaDays(table, one) ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
});

test('a time limit ends as many days of 24 hours later', () => {
  expect(dueDate('2026-03-28T12:00:00.000Z', 3)).toBe('2026-03-31T12:00:00.000Z');
  expect(dueDate('2028-02-28T00:00:00Z', 2)).toBe('2028-03-01T00:00:00.000Z');
});
