import { expect, test } from 'vitest';
import { isInventoryDue } from './due-queries.ts';
import type { HostSession } from './host-sessions.ts';

const HOUR = 3600;
const session = (more: Partial<HostSession> = {}): HostSession => ({
  hostId: 1,
  platform: 'linux',
  asked: 3,
  askedAt: 0,
  done: 3,
  refetchAt: null,
  round: null,
  isStarting: false,
  fleetId: null,
  mayHaveTasks: false,
  sequence: 0,
  sequenceAt: 0,
  late: { sequence: 0, at: 0, calls: 0 },
  agentSaid: null,
  loadedAt: 0,
  ...more,
});
const isDue = (of: HostSession, seconds: number) => isInventoryDue(of, { now: seconds * 1000, intervalSeconds: HOUR });

test('a host owes an inventory when it never gave one, did not finish the last, or somebody asks', () => {
  expect(isDue(session(), 1)).toBe(false);
  expect(isDue(session({ asked: 0, done: 0 }), 1)).toBe(true);
  expect(isDue(session({ done: 2 }), 1)).toBe(true);
  expect(isDue(session({ refetchAt: 0 }), 1)).toBe(true);
});

test('hosts that were asked together are asked again up to a tenth of the interval apart, each always at the same moment', () => {
  const dueAt = (hostId: number) => {
    for (let seconds = 0; ; seconds += 1) if (isDue(session({ hostId }), seconds)) return seconds;
  };
  const moments = Array.from({ length: 200 }, (_, index) => dueAt(index + 1));
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(HOUR * 0.9);
  expect(Math.max(...moments)).toBeLessThanOrEqual(HOUR * 1.1 + 1);
  expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(HOUR * 0.15);
  expect(dueAt(7)).toBe(moments[6]);
});
