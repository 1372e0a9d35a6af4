import { expect, test } from 'vitest';
import { endWords } from './end-words.ts';

const now = Date.parse('2026-05-04T12:00:00Z');

test('the end of fixes is said from now, and what is not known is said so', () => {
  expect([
    endWords({ eol_date: '2026-05-16', is_past: false }, now),
    endWords({ eol_date: '2026-05-04', is_past: false }, now),
    endWords({ eol_date: '2026-02-01', is_past: true }, now),
    endWords({ eol_date: null, is_past: true }, now),
    endWords({ eol_date: null, is_past: false }, now),
    endWords({ eol_date: null, is_past: null }, now),
  ]).toEqual(['ends in 12 days', 'ends in 12 hours', 'ended 3 months ago', 'ended', 'goes on', 'no date known']);
});
