import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { mutate, pairs, versionsIn } from './version-pairs.ts';

const real = ['1.0-1', '1.0-1+deb12u1', '1:2.0~rc1-1', '2.0-1'];

test('the versions of a tracker file are found once each', () => {
  const text = '{"a":{"fixed_version":"2.0-1"},"b":{"fixed_version": "1.0-1"},"c":{"fixed_version":"2.0-1","x":"3"}}';
  expect(versionsIn(text)).toEqual(['1.0-1', '2.0-1']);
});

test('the same seed gives the same pairs, another seed others', () => {
  const made = (seed: number) => pairs(real, createRandom(seed), 50);
  expect(made(1)).toEqual(made(1));
  expect(made(1)).not.toEqual(made(2));
  expect(made(1)).toHaveLength(50);
  expect(made(1).every(([a, b]) => a !== '' && b !== '')).toBe(true);
});

test('a mutation changes a little', () => {
  const random = createRandom(7);
  const mutations = new Set(Array.from({ length: 100 }, () => mutate('1.0-1', random, 1)));
  expect(mutations.size).toBeGreaterThan(20);
});

test('random numbers stay below their limit and reach all of it', () => {
  const random = createRandom(3);
  const drawn = Array.from({ length: 1000 }, () => random.below(7));
  expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
