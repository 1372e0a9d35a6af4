import { expect, it } from 'vitest';
import { addUp, skippedTest, summaryLines } from './test-summary.js';

const lacking = skippedTest('e2e/console.test.ts > the console [needs chromium: a browser] > opens', '');
const elsewhere = skippedTest('a.test.ts > only as root', '');
const parts = [
  { passed: 2, failed: 0, skipped: [] },
  { passed: 1, failed: 1, skipped: [lacking, elsewhere] },
];

it('finds the missing prerequisite in the name of a skipped test', () => {
  expect(lacking).toEqual({
    name: 'e2e/console.test.ts > the console > opens',
    reason: 'needs chromium: a browser',
    prerequisite: true,
  });
  expect(elsewhere.prerequisite).toBe(false);
});

it('adds up the parts and ends with one line that counts', () => {
  const lines = summaryLines(addUp(parts, { allowSkips: true }));
  expect(lines.at(-1)).toBe('3 passed, 1 failed');
  expect(lines).toContain('  e2e/console.test.ts > the console > opens: needs chromium: a browser');
  expect(lines).toContain('`npm run setup:system` installs what the system lacks.');
});

it('counts a missing prerequisite as a failure where skips are not allowed', () => {
  expect(summaryLines(addUp(parts, { allowSkips: false })).at(-1)).toBe('3 passed, 2 failed');
});

it('says nothing of skips when there are none', () => {
  expect(summaryLines(addUp([parts[0]], { allowSkips: false }))).toEqual(['', '2 passed, 0 failed']);
});
