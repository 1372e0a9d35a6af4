import { expect, test } from 'vitest';
import {
  listQuery,
  moment,
  ownPath,
  parseSearch,
  readListSearch,
  stringifySearch,
  text,
  uuid,
  wholeNumber,
} from './url-state.ts';

test('an address survives reading and writing', () => {
  const address = '?query=a+%26+b&page=3';
  expect(stringifySearch(parseSearch(address))).toBe(address);
  expect(stringifySearch({ query: '', page: undefined })).toBe('');
});

test('a search for digits stays text', () => {
  expect(parseSearch('?query=123')).toEqual({ query: '123' });
});

test('what cannot be meant reads as unset', () => {
  const nothing = { query: undefined, page: undefined, per_page: undefined };
  expect(readListSearch({ query: '  ', page: '0', per_page: '9999', order_key: 'x' }, ['name'])).toEqual({
    ...nothing,
    order_key: undefined,
    order_direction: undefined,
  });
  expect([wholeNumber('7'), wholeNumber('-1'), wholeNumber('1e3'), wholeNumber(undefined)]).toEqual([
    7,
    undefined,
    undefined,
    undefined,
  ]);
  expect(text('x'.repeat(300))).toHaveLength(255);
  expect([moment('2026-05-04T12:00:00Z'), moment('yesterday')]).toEqual(['2026-05-04T12:00:00Z', undefined]);
});

test('only an id reads as a task', () => {
  const id = '0198c0de-0000-7000-8000-00000000000a';
  expect([uuid(id), uuid('1'), uuid(undefined)]).toEqual([id, undefined, undefined]);
});

test('the API counts pages from 0 and gets the usual order', () => {
  const usual = { key: 'name', direction: 'asc' } as const;
  expect(listQuery({ page: 3 }, usual)).toMatchObject({
    page: 2,
    per_page: 50,
    order_key: 'name',
    order_direction: 'asc',
  });
  expect(listQuery({ order_key: 'hosts', order_direction: 'desc' } as never, usual)).toMatchObject({
    page: 0,
    order_key: 'hosts',
    order_direction: 'desc',
  });
});

test('only a path of this console is come back to', () => {
  expect([ownPath('/hosts?page=2'), ownPath('//evil.example'), ownPath('/\\evil'), ownPath('https://x')]).toEqual([
    '/hosts?page=2',
    undefined,
    undefined,
    undefined,
  ]);
});
