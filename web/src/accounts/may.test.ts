import { expect, test } from 'vitest';
import { mayBe } from './may.ts';

test('an observer is offered nothing that changes anything, a technician installs and stops', () => {
  expect([mayBe('observer', 'hosts:install'), mayBe('observer', 'stop:write')]).toEqual([false, false]);
  expect([mayBe('technician', 'hosts:install'), mayBe('technician', 'updates:write')]).toEqual([true, false]);
});

test('of a role that is not known here the server decides', () => {
  expect([mayBe(null, 'software:write'), mayBe('brand_new', 'software:write')]).toEqual([true, true]);
});
