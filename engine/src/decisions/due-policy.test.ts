import { expect, test } from 'vitest';
import { decideDue, dueAt } from './due-policy.ts';

const told = { isListed: true, isKnownExploited: false, isAutomatable: true, technicalImpact: 'total' } as const;

test('CISA decides where its inputs are told, and exposure makes the difference', () => {
  expect(decideDue(null, { ...told, isAssetExposed: true })).toEqual({ basis: 'bod-26-04', days: 3, usualDays: 3 });
  expect(decideDue(null, { ...told, isAssetExposed: false })).toMatchObject({ basis: 'bod-26-04', days: 60 });
  expect(decideDue(null, told)).toMatchObject({ basis: 'bod-26-04', days: 3 });
});

test('without its inputs, or without a list of what is exploited, severity decides', () => {
  expect(decideDue(null, { ...told, isListed: false, severity: 'high' })).toMatchObject({
    basis: 'severity',
    days: 60,
  });
  expect(decideDue(null, { isListed: true, isKnownExploited: true, severity: 'low' })).toEqual({
    basis: 'severity',
    days: 14,
    usualDays: null,
  });
  expect(decideDue(null, { isListed: true, isKnownExploited: false })).toMatchObject({ days: null });
});

test("a table of people's own decides alone", () => {
  const rules = [{ minimumSeverity: 'high', days: 7 } as const];
  expect(decideDue(rules, { ...told, severity: 'critical' })).toEqual({ basis: 'sla', days: 7, usualDays: 7 });
  expect(decideDue(rules, { ...told, severity: 'low' })).toMatchObject({ basis: 'sla', days: null });
});

test('attacks that become known later shorten the time and never lengthen it', () => {
  const time = { basis: 'severity', days: 14, usualDays: 30 } as const;
  expect(dueAt(time, '2026-03-01T00:00:00.000Z', null)).toBe('2026-03-15T00:00:00.000Z');
  expect(dueAt(time, '2026-03-01T00:00:00.000Z', '2026-03-05T00:00:00.000Z')).toBe('2026-03-19T00:00:00.000Z');
  expect(dueAt(time, '2026-03-01T00:00:00.000Z', '2026-03-30T00:00:00.000Z')).toBe('2026-03-31T00:00:00.000Z');
  expect(dueAt({ ...time, usualDays: null }, '2026-03-01T00:00:00.000Z', '2026-03-30T00:00:00.000Z')).toBe(
    '2026-04-13T00:00:00.000Z',
  );
  expect(dueAt({ basis: 'sla', days: null, usualDays: null }, '2026-03-01T00:00:00.000Z', null)).toBeNull();
});
