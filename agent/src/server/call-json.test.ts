import { expect, it } from 'vitest';
import { readRetryAfter } from './call-json.ts';

it('reads how long a server asks to be left alone, in seconds or as a date', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(readRetryAfter('120', now)).toBe(120_000);
  expect(readRetryAfter('Sun, 01 Mar 2026 12:01:00 GMT', now)).toBe(60_000);
  for (const none of [undefined, '', '0', '-5', 'soon', 'Sun, 01 Mar 2026 11:00:00 GMT']) {
    expect(readRetryAfter(none, now)).toBeNull();
  }
});
