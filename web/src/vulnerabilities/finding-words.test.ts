import { expect, test } from 'vitest';
import { findingState, identityWords, rangeWords, whyWords } from './finding-words.ts';

test('a range is said in words', () => {
  expect([
    rangeWords(null),
    rangeWords({}),
    rangeWords({ fixed: '2.0' }),
    rangeWords({ lastAffected: '1.9' }),
    rangeWords({ introduced: '1.0' }),
    rangeWords({ introduced: '1.0', fixed: '2.0' }),
  ]).toEqual([
    'no range decided',
    'every version, as no fix is known',
    'before 2.0',
    'up to 1.9',
    'from 1.0 on',
    'from 1.0 before 2.0',
  ]);
});

test('what the words do not know is shown as it is', () => {
  expect(identityWords({ name: 'package_name', version: 'some_new_way' })).toBe(
    'name: the name of the package; version: some new way',
  );
  expect(whyWords({ reason: null, remark: 'brand_new' })).toBe('The feed remarks: brand new');
});

test('unknown is a state of its own, with its reason', () => {
  expect(findingState({ verdict: 'unknown', is_active: false, exception: null })).toBe('unknown');
  expect(findingState({ verdict: 'affected', is_active: false, exception: null })).toBe('unimportant');
  expect(findingState({ verdict: 'affected', is_active: true, exception: null })).toBe('affected');
  const exception = { id: 1, status: 'accepted' as const, until: null };
  expect(findingState({ verdict: 'affected', is_active: true, exception })).toBe('excepted');
  expect(whyWords({ reason: 'undetermined: open', remark: 'ignored' })).toBe(
    'undetermined: open. The distribution does not fix it in this release',
  );
  expect(whyWords({ reason: null, remark: null })).toBe('');
});
