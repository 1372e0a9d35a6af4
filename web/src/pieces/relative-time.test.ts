import { expect, test } from 'vitest';
import { age, ago, duration, fromField, isNever, toField, took } from './relative-time.ts';

const now = Date.parse('2026-05-04T12:00:00Z');

test.each([
  ['2026-05-04T11:59:30Z', 'just now'],
  ['2026-05-04T12:00:40Z', 'just now'],
  ['2026-05-04T11:59:00Z', '1 minute ago'],
  ['2026-05-04T10:00:01Z', '1 hour ago'],
  ['2026-05-02T12:00:00Z', '2 days ago'],
  ['2026-03-01T12:00:00Z', '2 months ago'],
  ['2024-01-01T12:00:00Z', '2 years ago'],
  ['2026-05-04T12:05:00Z', 'in 5 minutes'],
  ['2000-01-01T00:00:00Z', 'never'],
  ['0001-01-01T00:00:00Z', 'never'],
  [null, 'never'],
])('%s is %s', (moment, words) => {
  expect(ago(moment, now)).toBe(words);
});

test('an age is never negative', () => {
  expect(age('2026-05-04T12:00:30Z', now)).toBe('less than a minute old');
  expect(age('2026-05-04T11:56:00Z', now)).toBe('4 minutes old');
});

test('a duration uses its largest unit', () => {
  expect(duration(86_400 * 3 + 5)).toBe('3 days');
  expect(duration(2)).toBe('less than a minute');
});

test('what is no date counts as never', () => {
  expect(isNever('soon')).toBe(true);
  expect(isNever('2026-01-01T00:00:00Z')).toBe(false);
});

test('a moment survives the way into a date field and back, to the minute', () => {
  expect(fromField(toField('2026-05-04T12:34:56Z'))).toBe('2026-05-04T12:34:00.000Z');
  expect(fromField('')).toBeUndefined();
  expect(fromField('nonsense')).toBeUndefined();
});

test('what a person waits for is counted in seconds', () => {
  expect([took(0.42), took(12.9), took(200), took(7_500), took(-1)]).toEqual([
    '0.4 s',
    '12 s',
    '3 min 20 s',
    '2 h 5 min',
    '0 s',
  ]);
});
