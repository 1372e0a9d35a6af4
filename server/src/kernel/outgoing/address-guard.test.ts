import { expect, test } from 'vitest';
import { createAddressGuard, isNetwork } from './address-guard.ts';

test.for([
  '127.0.0.1',
  '10.2.3.4',
  '172.31.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '0.0.0.0',
  '::1',
  '::',
  'fd00:ec2::254',
  'fe80::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
])('nothing is sent to %s unless it is allowed', (address) => {
  expect(createAddressGuard([])(address)).toMatch('not a public address');
  expect(createAddressGuard([address])(address)).toBeNull();
});

test('public addresses need no leave, and leave for one network is none for another', () => {
  const guard = createAddressGuard(['10.1.0.0/16', 'fd12::/32']);
  expect(['93.184.216.34', '2606:2800:220:1::1', '10.1.255.1', 'fd12::9'].map(guard)).toEqual([null, null, null, null]);
  expect(['10.2.0.1', 'fd13::9'].filter((address) => guard(address) === null)).toEqual([]);
});

test('only networks and addresses are taken for such', () => {
  expect(['10.0.0.0/8', '10.0.0.1', '::1', 'fc00::/7'].every(isNetwork)).toBe(true);
  expect(['10.0.0.0/33', 'localhost', '10.0.0.0/8/8', '::1/129', ''].some(isNetwork)).toBe(false);
});
