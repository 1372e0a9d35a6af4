import { expect, test } from 'vitest';
import { detailQueries } from './detail-queries.ts';

const read = (name: string, rows: Record<string, string>[]) =>
  detailQueries.find((query) => query.name === `fleet_detail_query_${name}`)?.read(rows);

test('a battery is due for service below four fifths of what it was made for, and unknown where that is not told', () => {
  const rows = [
    { cycle_count: '312', designed_capacity: '5103', max_capacity: '4612' },
    { cycle_count: '980', designed_capacity: '5103', max_capacity: '4000' },
    { cycle_count: '', designed_capacity: '0', max_capacity: '' },
  ];
  expect(read('battery', rows)).toEqual({
    batteries: [
      { cycle_count: 312, health: 'Normal' },
      { cycle_count: 980, health: 'Service recommended' },
      { cycle_count: 0, health: 'Unknown' },
    ],
  });
});

test('a host without a battery takes away what an earlier one told', () => {
  expect(read('battery', [])).toEqual({ batteries: [] });
});
