import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

it('has a default for everything but the name', () => {
  expect(readOptions(['list'])).toMatchObject({ name: 'list', hosts: 2000, software: 300, seed: '1', connections: 64 });
  expect(readOptions(['list', '--hosts', '10']).hosts).toBe(10);
});

it('refuses what it does not know', () => {
  expect(() => readOptions(['list', '--hosts', 'many'])).toThrow('--hosts must be a number');
  expect(() => readOptions(['list', '--host', '1'])).toThrow(/--host/);
});
