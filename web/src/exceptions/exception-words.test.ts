import { expect, test } from 'vitest';
import { dayAfter, endOfDay, scopeWords, softwareWords } from './exception-words.ts';

test('a scope is told in words, also when what it named is gone', () => {
  expect(scopeWords({ kind: 'everything', id: null, name: null })).toBe('every host');
  expect(scopeWords({ kind: 'fleet', id: 3, name: 'Design' })).toBe('hosts in Design');
  expect(scopeWords({ kind: 'label', id: 3, name: null })).toBe('a label that is gone');
});

test('software is told by its title, or by name and version', () => {
  expect(softwareWords({ title: { id: 1, name: 'curl' }, version: null })).toBe('curl');
  expect(softwareWords({ title: null, version: { id: 2, title_id: 1, name: 'curl', version: '8.5' } })).toBe(
    'curl 8.5',
  );
  expect(softwareWords({ title: null, version: null })).toBe('');
});

test('a day ends where the person is, months are carried over, and what is no day has no end', () => {
  expect(dayAfter(new Date(2026, 0, 31), 90)).toBe('2026-05-01');
  expect(endOfDay('2026-05-01')).toBe(new Date(2026, 4, 1, 23, 59, 59).toISOString());
  expect(endOfDay('')).toBeUndefined();
});
