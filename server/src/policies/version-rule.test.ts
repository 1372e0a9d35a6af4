import { expect, test } from 'vitest';
import { judgeVersions, whyNoRule } from './version-rule.ts';

const rule = { title: 'hello', source: 'deb_packages', minimum: '1.1' };
const judge = (...texts: string[]) =>
  judgeVersions(
    rule,
    texts.map((version, index) => ({ id: index + 1, version })),
  ).map(({ versionId, passes, why }) => [versionId, passes, why]);

test('older versions fail and come first, the lowest before others; equal and newer ones pass', () => {
  expect(judge('1.1', '1.0', '1:0.1', '1.1~rc1', '0.9')).toEqual([
    [5, false, 'hello 0.9 is older than 1.1'],
    [2, false, 'hello 1.0 is older than 1.1'],
    [4, false, 'hello 1.1~rc1 is older than 1.1'],
    [1, true, 'hello 1.1 is 1.1 or newer'],
    [3, true, 'hello 1:0.1 is 1.1 or newer'],
  ]);
});

test('what is no version is neither older nor newer, and says why', () => {
  expect(judge('2.0', 'v2')).toEqual([
    [2, null, 'hello v2 cannot be compared: the upstream version does not start with a digit'],
    [1, true, 'hello 2.0 is 1.1 or newer'],
  ]);
});

test('a rule needs a source whose versions have an order, and a version of it', () => {
  expect(whyNoRule(rule)).toBe(null);
  expect(whyNoRule({ ...rule, minimum: 'latest' })).toContain('latest is no version of deb_packages');
  expect(whyNoRule({ ...rule, source: 'npm_packages' })).toContain('cannot be compared yet');
});
