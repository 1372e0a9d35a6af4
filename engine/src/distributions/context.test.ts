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

test.each([
  [{ platform: 'linuxmint', name: 'Linux Mint', version: '21.3 (Virginia)' }, 'ubuntu-22.04', 'linuxmint-21.3'],
  [{ platform: 'linuxmint', name: 'LMDE', version: '6 (faye)' }, 'debian-12', 'linuxmint-6'],
  [{ platform: 'pop', version: '22.04 LTS' }, 'ubuntu-22.04', 'pop-22.04'],
  [{ platform: 'elementary', version: '7.1 Horus' }, 'ubuntu-22.04', 'elementary-7.1'],
  [{ platform: 'raspbian', version: '12 (bookworm)' }, 'debian-12', 'raspbian-12'],
  [{ platform: 'kali', version: '2026.3', codename: 'kali-rolling' }, 'debian-forky', 'kali-2026.3'],
  [{ platform: 'sled', version: '15.5' }, 'sles-15.5', 'sled-15.5'],
  [{ platform: 'sles_sap', version: '15.4' }, 'sles-15.4', 'sles_sap-15.4'],
  [{ platform: 'sl-micro', version: '6.1' }, 'sle-micro-6.1', 'sl-micro-6.1'],
  [{ platform: 'manjaro', version: '24.0.1' }, 'arch-rolling', 'manjaro-24.0'],
])('%o goes by its parent: %s', (row, key, derivedKey) => {
  expect(contextOf(row)).toMatchObject({ key, derivedKey });
});

test.each([
  [{ platform: 'amzn', version: '2' }, 'amzn-2'],
  [{ platform: 'amzn', version: '2023' }, 'amzn-2023'],
  [{ platform: 'ol', version: '9.3' }, 'ol-9'],
  [{ platform: 'sles', version: '15.5' }, 'sles-15.5'],
  [{ platform: 'opensuse-leap', version: '15.5' }, 'opensuse-leap-15.5'],
  [{ platform: 'opensuse-tumbleweed', version: '20261101' }, 'opensuse-tumbleweed-rolling'],
  [{ platform: 'fedora', version: '41 (Workstation Edition)' }, 'fedora-41'],
  [{ platform: 'centos', name: 'CentOS Stream', version: '9' }, 'centos-stream-9'],
  [{ platform: 'centos', name: 'CentOS Linux', version: '7 (Core)' }, 'centos-7'],
  [{ platform: 'linuxmint', name: 'Linux Mint', version: '99' }, 'linuxmint-99'],
])('%o stands for itself: %s', (row, key) => {
  expect(contextOf(row)).toMatchObject({ key });
  expect(contextOf(row)?.derivedKey).toBeUndefined();
});

test('fixes of Ubuntu Pro are another channel of the release, and of nothing else', () => {
  expect(contextOf({ platform: 'ubuntu', version: '22.04.4 LTS' }, { hasUbuntuPro: true })?.key).toBe(
    'ubuntu-22.04-pro',
  );
  expect(contextOf({ platform: 'debian', version: '12' }, { hasUbuntuPro: true })?.key).toBe('debian-12');
});

test('software of macOS and Windows depends on no distribution', () => {
  expect(contextOf({ platform: 'darwin', version: '14.1.2' })).toBeNull();
  expect(contextOf({ platform: 'windows', version: '10.0.22631' })).toBeNull();
});
