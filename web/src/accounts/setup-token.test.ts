import { expect, test } from 'vitest';
import { tokenIn } from './setup-token.ts';

test('the token is found in a link, in a fragment and alone', () => {
  expect([tokenIn(' http://host:8080/setup#abc '), tokenIn('#abc'), tokenIn('abc'), tokenIn('')]).toEqual([
    'abc',
    'abc',
    'abc',
    '',
  ]);
});
