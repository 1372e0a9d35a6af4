import { expect, test } from 'vitest';
import { osText } from './host.ts';
import { toPatchSet, toWindowsVersion } from './windows-version.ts';

const kernel_version = '10.0.22631.2861';

test.each([
  [
    { name: 'Microsoft Windows 11 Enterprise', arch: '64-bit', display_version: '23H2', kernel_version },
    'Windows 11 23H2 x64 10.0.22631.2861',
  ],
  [
    {
      name: 'Microsoft Windows Server 2022 Datacenter',
      arch: '64-bit',
      display_version: '21H2',
      kernel_version: '10.0.20348.2159',
    },
    'Windows Server 2022 21H2 x64 10.0.20348.2159',
  ],
  [
    {
      name: 'Microsoft Windows Server 2012 R2 Standard',
      arch: '64-bit',
      display_version: '',
      kernel_version: '6.3.9600.21620',
    },
    'Windows Server 2012 R2 x64 6.3.9600.21620',
  ],
  [
    { name: 'Microsoft Windows 10 Pro', arch: 'ARM 64-bit Processor', version: '10.0.19045' },
    'Windows 10 arm64 10.0.19045',
  ],
])('%o is shown as %s', (row, text) => {
  expect(osText({ platform: 'windows', ...toWindowsVersion(row) })).toBe(text);
});

test.each([
  [{ patches: 'KB5034765,KB5027397,kb5034765' }, 'KB5027397,KB5034765'],
  [{ patches: '' }, 'none'],
  [{}, ''],
])('the updates of %o are the set "%s"', (row, set) => {
  expect(toPatchSet(row)).toBe(set);
});
