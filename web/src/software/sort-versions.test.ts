import { expect, test } from 'vitest';
import { sortVersions } from './sort-versions.ts';

const versions = [
  { id: 1, version: '1.9', hosts_count: 2, vulnerabilities: null, end_of_life: null },
  { id: 2, version: '1.10', hosts_count: 2, vulnerabilities: null, end_of_life: null },
  { id: 3, version: '0.1', hosts_count: 5, vulnerabilities: null, end_of_life: null },
];
const ids = (key: string, direction: 'asc' | 'desc') => sortVersions(versions, { key, direction }).map(({ id }) => id);

test('the most common version comes first, and of equals the larger number', () => {
  expect(ids('hosts', 'desc')).toEqual([3, 2, 1]);
});

test('1.10 follows 1.9', () => {
  expect(ids('version', 'asc')).toEqual([3, 1, 2]);
});
