import { describe, expect, test } from 'vitest';
import type { VersionRange } from '../advisories/advisory.ts';
import { judgeRanges } from './judge-ranges.ts';
import { toSingle } from './statements.ts';

const judge = (version: string, ...ranges: VersionRange[]) =>
  judgeRanges(version, toSingle({ key: 'deb:debian-12:x', scheme: 'dpkg', statement: 'ranges', ranges }));

describe('ranges', () => {
  test.each([
    ['1.0', { fixed: '1.1' }, 'inside'],
    ['1.1', { fixed: '1.1' }, 'outside'],
    ['1.1', { lastAffected: '1.1' }, 'inside'],
    ['1.1.1', { lastAffected: '1.1' }, 'outside'],
    ['0.9', { introduced: '1.0', fixed: '1.1' }, 'outside'],
    ['1.0', { introduced: '1.0', fixed: '1.1' }, 'inside'],
    ['1.0', {}, 'inside'],
    ['not a version', {}, 'inside'],
    ['not a version', { fixed: '1.1' }, 'version_not_comparable'],
    ['1.0', { fixed: 'soon' }, 'advisory_not_comparable'],
    ['0.9', { introduced: '1.0', fixed: 'soon' }, 'outside'],
    ['2.0', { introduced: 'long ago', fixed: '1.1' }, 'outside'],
  ] as const)('%s to %j is %s', (version, range, standing) => {
    expect(judge(version, range)).toMatchObject({ standing, range });
  });

  test('one range that holds the version is enough', () => {
    const ranges = [{ fixed: '1.1' }, { introduced: '2.0', fixed: '2.3' }];
    expect(judge('2.2', ...ranges)).toMatchObject({ standing: 'inside', range: ranges[1] });
    expect(judge('1.5', ...ranges).standing).toBe('outside');
    expect(judge('2.2', { fixed: 'soon' }, ...ranges).standing).toBe('inside');
  });

  test('a range that cannot be read leaves open what no other range settles', () => {
    expect(judge('1.5', { fixed: '1.1' }, { introduced: '1.2', fixed: 'soon' })).toEqual({
      standing: 'advisory_not_comparable',
      range: { introduced: '1.2', fixed: 'soon' },
      detail: 'soon: the upstream version does not start with a digit',
    });
  });

  test('no range holds no version', () => {
    expect(judge('1.0')).toMatchObject({ standing: 'outside', range: null });
  });
});
