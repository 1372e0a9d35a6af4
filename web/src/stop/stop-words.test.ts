import { expect, test } from 'vitest';
import { standing } from './stop-words.ts';

test('the banner says what waits and what still runs', () => {
  expect(standing({ queued: 3, running: 1 })).toBe('3 tasks wait, 1 script may still run to its end');
  expect(standing({ queued: 0, running: 0 })).toBe('nothing waits, no script runs any more');
});
