import Type from 'typebox';
import { expect, test } from 'vitest';
import { exportsOf } from './contract-for-browsers.ts';

test('of the contract browsers get routes without schemas, also in groups, and lists of words', () => {
  const route = { method: 'GET', path: '/things/:id', summary: 'x', access: 'public', response: Type.Object({}) };
  const code = exportsOf({
    route,
    group: { read: route },
    words: ['a', 'b'],
    Thing: Type.Object({ id: Type.Integer() }),
    older: () => route,
  });
  expect(code.split('\n')).toEqual([
    'export const route = {"method":"GET","path":"/things/:id"};',
    'export const group = {"read":{"method":"GET","path":"/things/:id"}};',
    'export const words = ["a","b"];',
    'export const Thing = undefined;',
  ]);
});
