import { expect, test } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { reasonsByRule, ruleWords, type SlaRules, toDraft, toRules } from './sla-draft.ts';

const rules: SlaRules = [
  { isKnownExploited: true, minimumSeverity: 'high', days: 14 },
  { minimumProbability: 0.075, days: 30 },
  { days: 365 },
];

test('a table is typed and read back as it was', () => {
  expect(toRules(toDraft(rules))).toEqual(rules);
  expect(toDraft(rules)[1]?.percent).toBe(7.5);
});

test('a rule is told in words', () => {
  expect(rules.map(ruleWords)).toEqual([
    'Known exploited, high or above: 14 days',
    'Attacked with 8 % or more: 30 days',
    'Everything: 365 days',
  ]);
});

test('a refused field is told at its rule, and the rest at the end', () => {
  const errors = [
    { name: 'rules.1.days', reason: 'must be >= 1' },
    { name: 'rules', reason: 'too many' },
  ];
  expect(reasonsByRule(new ApiError(422, { message: 'Validation Failed', errors }))).toEqual({
    '1 days': 'must be >= 1',
    base: 'too many',
  });
});
