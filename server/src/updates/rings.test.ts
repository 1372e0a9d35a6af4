import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignRings, planRings } from './rings.ts';

const sizes = (hosts: number, percent: number) => planRings(hosts, percent).map((ring) => ring.hosts);

test('the first ring is its share, and never empty while there are hosts', () => {
  expect([sizes(50, 10), sizes(3, 10), sizes(1, 1), sizes(0, 10), sizes(7, 100)]).toEqual([
    [5, 45],
    [1, 2],
    [1, 0],
    [0, 0],
    [7, 0],
  ]);
});

test('each host is in one ring, always the same for a salt, and the rings are as big as planned', () => {
  const hosts = fc.uniqueArray(fc.nat(), { maxLength: 200 });
  fc.assert(
    fc.property(hosts, fc.uuid(), fc.double({ min: 0.1, max: 100, noNaN: true }), (hostIds, salt, percent) => {
      const members = assignRings(hostIds, salt, percent);
      expect(members.map((one) => one.hostId).sort((a, b) => a - b)).toEqual(hostIds.toSorted((a, b) => a - b));
      expect(members.filter((one) => one.ring === 1)).toHaveLength(planRings(hostIds.length, percent)[0]?.hosts ?? 0);
      const byId = (all: typeof members) => all.toSorted((a, b) => a.hostId - b.hostId);
      expect(byId(assignRings(hostIds.toReversed(), salt, percent))).toEqual(byId(members));
    }),
  );
});

test('another salt lets other hosts go first', () => {
  const hostIds = Array.from({ length: 200 }, (_, index) => index + 1);
  const first = (salt: string) =>
    new Set(assignRings(hostIds, salt, 10).flatMap((one) => (one.ring === 1 ? [one.hostId] : [])));
  const second = first('b');
  expect([...first('a')].filter((hostId) => second.has(hostId)).length).toBeLessThan(15);
});
