import { expect, test } from 'vitest';
import { osVersion } from './os-version.ts';

const versionOf = (row: Record<string, string>) => {
  const read = osVersion.toSoftware({ name: 'macOS', platform: 'darwin', version: '13.4.1', ...row });
  return read && 'version' in read ? read.version : read;
};

test.each([
  [{}, '13.4.1'],
  [{ extra: '' }, '13.4.1'],
  [{ extra: '(a)' }, '13.4.1 (a)'],
  [{ extra: '(c)', build: '22F770820d' }, '13.4.1 (c)'],
  [{ extra: 'beta' }, '13.4.1'],
  [{ platform: 'debian', version: '12 (bookworm)', extra: '(a)' }, '12 (bookworm)'],
])('%o is the version %s', (row, version) => {
  expect(versionOf(row)).toBe(version);
});
