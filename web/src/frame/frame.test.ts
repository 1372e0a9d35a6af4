import { expect, test } from 'vitest';
import { initials } from './initials.ts';
import { interpret, nextRow } from './shortcuts.ts';

test('g waits for a second key, and forgets it when it means nothing', () => {
  expect(interpret('', 'g')).toEqual({ waiting: 'g' });
  expect(interpret('g', 'h')).toEqual({ shortcut: { go: '/hosts' }, waiting: '' });
  expect(interpret('g', 'i')).toEqual({ shortcut: { go: '/' }, waiting: '' });
  expect(interpret('g', 'l')).toEqual({ shortcut: { go: '/library' }, waiting: '' });
  expect(interpret('g', 'x')).toEqual({ shortcut: undefined, waiting: '' });
  expect(interpret('', '/')).toEqual({ shortcut: 'search', waiting: '' });
  expect(interpret('', 'h')).toEqual({ shortcut: undefined, waiting: '' });
});

test('moving stops at both ends and starts at the near one', () => {
  expect([nextRow(-1, 3, 1), nextRow(-1, 3, -1), nextRow(2, 3, 1), nextRow(0, 3, -1), nextRow(0, 3, 1)]).toEqual([
    0, 2, 2, 0, 1,
  ]);
});

test('initials come from the first and last word', () => {
  expect([initials('Ada King Lovelace'), initials('admin@example.org'), initials('')]).toEqual(['AL', 'A', '']);
});
