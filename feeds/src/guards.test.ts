import { expect, test } from 'vitest';
import { type Arrival, type Delivery, reasonToHold } from './guards.ts';

const delivery = (fields: Partial<Delivery> = {}): Delivery => ({
  ...{ records: 1000, problems: 0, bytes: 50_000, published: '2026-08-21T00:00:00Z' },
  ...fields,
});
const hold = (next: Partial<Delivery>, more: Partial<Arrival> = {}) =>
  reasonToHold({ next: delivery(next), last: delivery(), withdrawn: 0, ...more });

test.each<[string, string | null, string | RegExp | null]>([
  ['the same again', hold({}), null],
  ['a first delivery', hold({}, { last: null }), null],
  ['a newer one', hold({ published: '2026-08-22T00:00:00Z' }), null],
  ['one that does not say when it was made', hold({ published: null }), null],
  ['an empty one', hold({ records: 0 }), /not one record/],
  ['an empty first one', hold({ records: 0 }, { last: null }), /not one record/],
  [
    'an older one',
    hold({ published: '2026-08-20T23:00:00-05:00' }, { last: delivery({ published: '2026-08-22' }) }),
    /older/,
  ],
  ['one that grew tenfold', hold({ records: 10_000, bytes: 500_000 }), null],
  ['one with a hundred times more bytes', hold({ bytes: 5_000_001 }), 'it grew from 50000 to 5000001 bytes'],
  ['one with a hundred times more records', hold({ records: 100_001 }), /100001 records/],
  ['one with a tenth of the records gone', hold({}, { withdrawn: 100 }), null],
  ['one with more gone', hold({}, { withdrawn: 101 }), '101 of 1000 records are gone'],
  ['a short list that lost some', hold({ records: 5 }, { withdrawn: 20, last: delivery({ records: 25 }) }), null],
  ['one with a few problems', hold({ problems: 50 }), null],
  ['one with many problems', hold({ problems: 51 }, { last: null }), /format may have changed/],
])('%s', (_delivery, reason, expected) => {
  if (expected instanceof RegExp) expect(reason).toMatch(expected);
  else expect(reason).toBe(expected);
});
