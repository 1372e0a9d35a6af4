import { expect, test } from 'vitest';
import { isAbout, kindsIn } from './live.ts';

test('a message names kinds; what is not known is left out', () => {
  expect(kindsIn('hosts,something new,tasks')).toEqual(['hosts', 'tasks']);
  expect(kindsIn('')).toEqual([]);
});

test('what moved is found by the address it was asked at', () => {
  expect(isAbout('/api/v1/fleet/hosts/count', ['hosts'])).toBe(true);
  expect(isAbout('/api/v1/fleet/vulnerabilities', ['hosts', 'software'])).toBe(false);
  expect(isAbout('/api/v1/flotilla/rollouts/:id', ['tasks'])).toBe(true);
  expect(isAbout(undefined, ['hosts'])).toBe(false);
});
