import { expect, test } from 'vitest';
import { collectDeltas } from './deltas.ts';

test('a delta counts for the fleet and for all, packs many keys into a row, and forgets what cancels out', () => {
  const deltas = collectDeltas();
  deltas.add('title', 3, { before: [1, 2], after: new Set([2, 4]) });
  deltas.add('title', null, { before: [4], after: new Set([1]) });
  expect(deltas.rows('inventory')).toEqual([
    { kind: 'title', fleet_id: 3, reason: 'inventory', keys: [1, 4], by: [-1, 1] },
    { kind: 'title', fleet_id: 0, reason: 'inventory', keys: [1, 4], by: [1, -1] },
  ]);
});
