import { describe, expect, test } from 'vitest';
import type { VersionRange } from '../advisories/advisory.ts';
import { toSingle } from './statements.ts';
import { tellingRanges, traitsOf } from './telling-ranges.ts';

const point = (version: string): VersionRange => ({ introduced: version, lastAffected: version });

describe('the ranges that tell of a version', () => {
  test.each<[string, VersionRange[], VersionRange[], string | null]>([
    ['9.0', [{ fixed: '9.1' }], [{ fixed: '9.1' }], null],
    ['9.0', [{}], [], 'undetermined'],
    ['9.0', [{ fixed: '9.1' }, {}], [{ fixed: '9.1' }], 'undetermined'],
    ['9.0', [{ fixed: '2021-05-05' }], [], 'advisory_not_comparable'],
    ['9.0', [{ fixed: '20210505' }], [], 'advisory_not_comparable'],
    ['2021-04-01', [{ fixed: '2021-05-05' }], [{ fixed: '2021-05-05' }], null],
    ['2021-04-01', [{ fixed: '9.1' }], [], 'advisory_not_comparable'],
    ['2024.1.2', [{ fixed: '2024.1.3' }], [{ fixed: '2024.1.3' }], null],
    ['129.0', [point('2.0_.1'), point('129.0')], [point('129.0')], null],
    ['2.0', [point('2.0_.1')], [point('2.0_.1')], null],
    ['', [point('2.0')], [point('2.0')], null],
  ])('%s and %j', (version, ranges, telling, reason) => {
    const said = toSingle({ key: 'cpe:a:x:y', scheme: 'generic', statement: 'ranges', ranges });
    const told = tellingRanges(said, traitsOf(version));
    expect(told.telling?.map((at) => ranges[at]) ?? ranges).toEqual(telling);
    expect(told.open?.reason ?? null).toBe(reason);
  });
});
