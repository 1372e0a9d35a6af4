import { expect, test } from 'vitest';
import { isGoodPassword, passwordRules } from './password-rules.ts';

test.each([
  ['', [false, false, false]],
  ['short-1', [false, true, true]],
  ['long enough but plain', [true, false, false]],
  ['long enough 1', [true, true, false]],
  ['längliches-wort-1', [true, true, true]],
])('%j keeps the rules %j', (password, kept) => {
  expect(passwordRules.map((rule) => rule.holds(password))).toEqual(kept);
  expect(isGoodPassword(password)).toBe(kept.every(Boolean));
});
