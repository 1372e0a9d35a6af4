import { expect, test } from 'vitest';
import { contextOf } from './context.ts';

test.each([
  [{ platform: 'debian', version: '12 (bookworm)', codename: 'bookworm' }, 'debian-12'],
  [{ platform: 'debian', version: '', codename: 'trixie' }, 'debian-trixie'],
  [{ platform: 'ubuntu', version: '22.04.4 LTS (Jammy Jellyfish)', codename: 'jammy' }, 'ubuntu-22.04'],
  [{ platform: 'almalinux', version: '9.4 (Seafoam Ocelot)', codename: '' }, 'almalinux-9'],
  [{ platform: 'alpine', version: '3.19.1', codename: '' }, 'alpine-3.19'],
  [{ platform: 'arch', version: '', codename: '' }, 'arch-rolling'],
])('%o is the context %s', (row, key) => {
  expect(contextOf(row)?.key).toBe(key);
});

test('software of macOS and Windows depends on no distribution', () => {
  expect(contextOf({ platform: 'darwin', version: '14.1.2' })).toBeNull();
  expect(contextOf({ platform: 'windows', version: '10.0.22631' })).toBeNull();
});
