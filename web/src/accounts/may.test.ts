import { expect, test } from 'vitest';
import { mayBe } from './may.ts';

const technicianEverywhere = { everywhere: ['hosts:install', 'stop:write'], fleets: [] };
const maintainerOfTwo = {
  everywhere: [],
  fleets: [
    { fleet_id: 3, permissions: ['hosts:manage', 'hosts:install'] },
    { fleet_id: 0, permissions: ['hosts:install'] },
  ],
};

test('what a role everywhere allows is allowed in each fleet', () => {
  expect(mayBe(technicianEverywhere, 'hosts:install')).toBe(true);
  expect(mayBe(technicianEverywhere, 'hosts:install', 7)).toBe(true);
  expect(mayBe(technicianEverywhere, 'hosts:manage', 'somewhere')).toBe(false);
});

test('a role in a fleet allows nothing elsewhere, and 0 stands for hosts in no fleet', () => {
  expect(mayBe(maintainerOfTwo, 'hosts:manage')).toBe(false);
  expect(mayBe(maintainerOfTwo, 'hosts:manage', 'somewhere')).toBe(true);
  expect([3, 0, null, 4].map((fleet) => mayBe(maintainerOfTwo, 'hosts:install', fleet))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
