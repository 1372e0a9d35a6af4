import { expect, it } from 'vitest';
import { safeFileName } from './file-name.ts';

it.each([
  ['hello_1.0-1_amd64.deb', 'hello_1.0-1_amd64.deb'],
  ['libstdc++6_1~rc1.deb', 'libstdc++6_1~rc1.deb'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\a\\b.msi', 'b.msi'],
  ['a b;$(id)`x`\n.deb', 'a_b___id__x__.deb'],
  ['..', 'package'],
  ['', 'package'],
  ['a/', 'package'],
  ['-rf', '_rf'],
  ['.hidden', '_hidden'],
])('makes %j to %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});
