import { expect, test } from 'vitest';
import { checkPassword, hashPassword, passwordProblem } from './password.ts';

test('a password is recognised, another is not, and equal ones have different hashes', async () => {
  const hash = await hashPassword('correct horse 1!');
  expect(await checkPassword('correct horse 1!', hash)).toBe(true);
  expect(await checkPassword('correct horse 2!', hash)).toBe(false);
  expect(await hashPassword('correct horse 1!')).not.toBe(hash);
});

test('letters that look alike because they are composed differently are the same', async () => {
  expect(await checkPassword('caf\u00e9 caf\u00e9 1!', await hashPassword('cafe\u0301 cafe\u0301 1!'))).toBe(true);
});

test.each([
  ['short 1!', /12/],
  ['twelve letters!', /digit/],
  ['twelve letters1', /symbol/],
])('%j lacks something', (password, problem) => {
  expect(passwordProblem(password)).toMatch(problem);
});
