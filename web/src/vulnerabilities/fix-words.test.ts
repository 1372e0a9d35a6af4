import { expect, test } from 'vitest';
import { fixWords } from './fix-words.ts';

test('a fix for some is not a fix for all', () => {
  expect([fixWords([]), fixWords([null]), fixWords(['2']), fixWords(['2', '3']), fixWords(['2', null])]).toEqual([
    'no fix is known',
    'no fix is known',
    'fixed in 2',
    'a fix exists for every affected version',
    'a fix exists for 1 of 2 affected versions',
  ]);
});
