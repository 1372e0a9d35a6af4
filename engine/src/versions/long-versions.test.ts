import { expect, test } from 'vitest';
import { compareVersions } from './compare-versions.ts';
import { isUnparsable } from './scheme.ts';
import { schemes } from './schemes.ts';

test.each([
  ['semver', '1.0.0-a', '.0a'],
  ['go', 'v1.0.0-a', '.0a'],
  ['nuget', '1.0-a', '.0a'],
  ['pep440', '1.0+a', '.0a'],
  ['maven', '1', '-0a'],
  ['rubygems', '1', '.0a'],
  ['packagist', '1.0-beta', '.0'],
] as const)('of %s, what follows %s is read to its end, however often %s is said', (scheme, start, piece) => {
  const long = start + piece.repeat(200_000);
  expect(compareVersions(scheme, `${long}1`, `${long}2`)).toBe(-1);
  expect(compareVersions(scheme, `${long}1`, `${long}1`)).toBe(0);
});

test.each([
  ['semver', '1.0.'],
  ['go', '1.0.'],
  ['pep440', '1.'],
  ['maven', '1.'],
  ['rubygems', '1.'],
  ['packagist', '1.'],
] as const)('of %s, numbers behind %s may have any length', (scheme, start) => {
  const [shorter, longer] = [start + '9'.repeat(500_000), start + '9'.repeat(500_001)];
  expect(compareVersions(scheme, shorter, longer)).toBe(-1);
});

test('npm has no versions of more than 256 characters', () => {
  expect(isUnparsable(schemes.npm.parse(`1.2.3-${'a'.repeat(250)}`))).toBe(false);
  expect(isUnparsable(schemes.npm.parse(`1.2.3-${'a'.repeat(251)}`))).toBe(true);
});
