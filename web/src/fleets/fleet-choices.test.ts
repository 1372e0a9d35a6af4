import { expect, test } from 'vitest';
import { fleetChoices, unassigned } from './fleet-choices.ts';

const of = (global_role: string | null, names: Record<number, string>) =>
  fleetChoices({
    user: { global_role },
    available_fleets: Object.entries(names).map(([id, name]) => ({ id: Number(id), name, description: '' })),
  } as never);

test('a role everywhere chooses from all fleets, in the order of their names, and the hosts in none', () => {
  expect(of('observer', { 1: 'Servers', 2: 'Design' })).toEqual([
    { id: 2, name: 'Design' },
    { id: 1, name: 'Servers' },
    unassigned,
  ]);
});

test('without fleets there is nothing to choose', () => {
  expect(of('admin', {})).toEqual([]);
});

test('roles in fleets choose from these; the hosts in no fleet are one of them', () => {
  expect(of(null, { 2: 'Design' })).toEqual([{ id: 2, name: 'Design' }]);
  expect(of(null, { 0: 'x', 2: 'Design' })).toEqual([{ id: 2, name: 'Design' }, unassigned]);
});
