import { expect, test } from 'vitest';
import type { HostQuery } from '../kernel/host-queries.ts';
import { sendNext, startRound, takeAnswers } from './inventory-round.ts';

const query = (
  name: string,
  weight: HostQuery['weight'],
  platforms: HostQuery['platforms'] = ['linux'],
): HostQuery => ({
  name,
  weight,
  platforms,
  sql: `SELECT '${name}'`,
});
const queries = [
  query('os', 'light'),
  query('deb', 'bulky'),
  query('python', 'heavy'),
  query('go', 'heavy'),
  query('rpm', 'bulky'),
];
const MINUTE = 60_000;

test('light queries go together, bulky ones go together, and each heavy one goes alone', () => {
  const round = startRound(7, [...queries, query('apps', 'light', ['darwin'])], 'linux');
  const sent: string[][] = [];
  for (;;) {
    const { batch } = sendNext(round, 0);
    if (batch.size === 0) break;
    sent.push([...batch.keys()]);
    takeAnswers(round, [...batch.keys()]);
  }
  expect(sent).toEqual([['os'], ['deb', 'rpm'], ['python'], ['go']]);
});

test('nothing is sent while an answer is awaited', () => {
  const round = startRound(1, queries, 'linux');
  sendNext(round, 0);
  expect(sendNext(round, 10_000).batch.size).toBe(0);
});

test('a batch whose answer never comes is sent three times and then given up', () => {
  const round = startRound(1, [query('os', 'light')], 'linux');
  for (const minute of [0, 1, 2]) expect([...sendNext(round, minute * MINUTE).batch.keys()]).toEqual(['os']);
  expect(sendNext(round, 3 * MINUTE)).toEqual({ batch: new Map(), givenUp: ['os'] });
  expect(takeAnswers(round, [])).toBe(true);
});

test('only what was not answered is sent again', () => {
  const round = startRound(1, [query('deb', 'bulky'), query('rpm', 'bulky')], 'linux');
  sendNext(round, 0);
  expect(takeAnswers(round, ['deb'])).toBe(false);
  expect([...sendNext(round, MINUTE).batch.keys()]).toEqual(['rpm']);
});
