import { expect, test } from 'vitest';
import { productOf } from './product-of.ts';

test.each([
  ['Windows 10 Version 22H2 for x64-based Systems', 'msrc:windows_10_22h2:x64'],
  ['Windows 10 Version 1607 for 32-bit Systems', 'msrc:windows_10_1607:x86'],
  ['Windows 10 for x64-based Systems', 'msrc:windows_10_1507:x64'],
  ['Windows 11 version 21H2 for ARM64-based Systems', 'msrc:windows_11_21h2:arm64'],
  ['Windows 11 for x64-based Systems', 'msrc:windows_11_21h2:x64'],
  ['Windows 11 Version 25H2 for ARM systems', 'msrc:windows_11_25h2:arm64'],
  ['Windows 8.1 for x64-based systems', 'msrc:windows_8.1:x64'],
  ['Windows 7 for 32-bit Systems Service Pack 1', 'msrc:windows_7:x86'],
  ['Windows Server 2022', 'msrc:windows_server_2022:x64'],
  ['Windows Server 2012 R2', 'msrc:windows_server_2012_r2:x64'],
  ['Windows Server 2008 R2 for x64-based Systems Service Pack 1', 'msrc:windows_server_2008_r2:x64'],
  ['Windows Server 2022, 23H2 Edition (Server Core installation)', 'msrc:windows_server_23h2:x64'],
  ['Windows Server, version 20H2 (Server Core Installation)', 'msrc:windows_server_20h2:x64'],
  ['Microsoft Edge (Chromium-based)', 'cpe:a:microsoft:edge_chromium'],
  ['Visual Studio Code', 'cpe:a:microsoft:visual_studio_code'],
])('%s is looked up as %s', (name, key) => expect(productOf(name)?.key).toBe(key));

test.each([
  'Windows Server 2019 (Server Core installation)',
  'Windows 10 Version 99H9 for x64-based Systems',
  'Windows 11 HLK 24H2',
  'Microsoft Office 2016 (64-bit edition)',
  'Microsoft .NET Framework 3.5 AND 4.8 on Windows Server 2022',
  'constructor',
])('%s is no product of a host', (name) => expect(productOf(name)).toBeNull());

test('a build with a fix is written as the release itself would, and one of another release is none', () => {
  const product = productOf('Windows 10 Version 22H2 for x64-based Systems');
  expect(product?.fixedBuild('10.0.19044.4780')).toBe('10.0.19045.4780');
  expect(product?.fixedBuild('10.0.22631.4037')).toBeNull();
  expect(product?.fixedBuild('https://aka.ms/x')).toBeNull();
});
