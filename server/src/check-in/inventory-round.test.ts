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
const start = (queries: HostQuery[], forAgent = false) =>
  startRound({ asked: 1, isInventory: true, queries, platform: 'linux', forAgent });

test.each([
  [false, [['os'], ['deb', 'rpm'], ['python'], ['go']]],
  [
    true,
    [
      ['os', 'deb', 'rpm'],
      ['python', 'go'],
    ],
  ],
])(
  'light queries go together, and bulky and heavy ones so that a dead osquery costs little (an agent: %s)',
  (forAgent, batches) => {
    const round = start([...queries, query('apps', 'light', ['darwin'])], forAgent);
    const sent: string[][] = [];
    for (;;) {
      const { batch } = sendNext(round, 0);
      if (batch.size === 0) break;
      sent.push([...batch.keys()]);
      takeAnswers(round, [...batch.keys()]);
    }
    expect(sent).toEqual(batches);
  },
);

test('nothing is sent while an answer is awaited', () => {
  const round = start(queries);
  sendNext(round, 0);
  expect(sendNext(round, 10_000).batch.size).toBe(0);
});

test('a batch whose answer never comes is sent three times and then given up', () => {
  const round = start([query('os', 'light')]);
  for (const minute of [0, 1, 2]) expect([...sendNext(round, minute * MINUTE).batch.keys()]).toEqual(['os']);
  expect(sendNext(round, 3 * MINUTE)).toEqual({ batch: new Map(), givenUp: ['os'] });
  expect(takeAnswers(round, [])).toBe(true);
});

test('only what was not answered is sent again', () => {
  const round = start([query('deb', 'bulky'), query('rpm', 'bulky')]);
  sendNext(round, 0);
  expect(takeAnswers(round, ['deb'])).toBe(false);
  expect([...sendNext(round, MINUTE).batch.keys()]).toEqual(['rpm']);
});
