import type { Funnel } from '@flotilla/contract/updates';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_GATE, decideRing, neededSuccesses } from './gate.ts';

const funnel = (targeted: number, more: Partial<Funnel> = {}): Funnel => ({
  targeted,
  queued: 0,
  running: 0,
  reported: 0,
  verified: 0,
  failed: 0,
  cancelled: 0,
  already: 0,
  ...more,
});
const gate = (success_share: number, minimum_successes = 1) => ({ success_share, minimum_successes });

test('a ring passes with its share of successes, counting those that had it already', () => {
  expect(decideRing(gate(0.9), funnel(10, { verified: 5, already: 4, queued: 1 }))).toEqual({
    outcome: 'pass',
    words: 'Done on 9 of 10 hosts',
  });
  expect(decideRing(gate(1), funnel(1, { verified: 1 })).outcome).toBe('pass');
  expect(decideRing(DEFAULT_GATE, funnel(0)).outcome).toBe('pass');
  expect(neededSuccesses(gate(0.95), 20)).toBe(19);
  expect(neededSuccesses(gate(0, 5), 3)).toBe(3);
});

test('silent hosts are waited for, and the words say what for', () => {
  expect(decideRing(gate(0.95), funnel(50, { verified: 40, failed: 2, queued: 5, running: 2, reported: 1 }))).toEqual({
    outcome: 'wait',
    words: 'Done on 40 of 50 hosts, passes with 48: 5 queued, 2 running, 1 waiting for inventory, 2 failed',
  });
});

test('a ring that cannot pass any more halts, with the commonest reasons', () => {
  const reasons = [{ reason: 'dpkg: exit code 1', hosts: 3 }];
  expect(decideRing(gate(0.95), funnel(50, { verified: 10, failed: 3, queued: 37 }), reasons)).toEqual({
    outcome: 'halt',
    words: '3 of 50 hosts failed (6 %); the gate allows 5 %: dpkg: exit code 1 on 3 hosts',
  });
  expect(decideRing(gate(0, 2), funnel(2, { failed: 1, queued: 1 })).words).toBe(
    '1 of 2 hosts failed (50 %); the gate asks for 2 that succeed',
  );
  expect(decideRing(gate(1), funnel(4, { failed: 1, cancelled: 1, queued: 2 })).words).toContain(
    '2 of 4 hosts failed or were cancelled (50 %)',
  );
});

test('whatever happens a ring comes to an end, and never both passes and halts on the way', () => {
  const places = fc.array(fc.constantFrom('verified', 'failed', 'cancelled', 'already'), { maxLength: 30 });
  fc.assert(
    fc.property(places, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(8), (ends, share, minimum) => {
      const now = funnel(ends.length, { queued: ends.length });
      let settled = decideRing(gate(share, minimum), now).outcome;
      for (const place of ends) {
        now.queued -= 1;
        now[place as keyof Funnel] += 1;
        const { outcome } = decideRing(gate(share, minimum), now);
        if (settled !== 'wait') expect(outcome).toBe(settled);
        settled = outcome;
      }
      expect(settled).not.toBe('wait');
    }),
  );
});
