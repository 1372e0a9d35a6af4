import { expect, test } from 'vitest';
import { effectWords, figure } from './action-words.ts';

const chrome = {
  ...{
    name: 'Chrome',
    fix_version: '126.0',
    hosts_count: 312,
    findings_count: 1204,
    exploited_count: 0,
    is_exact: true,
  },
};

test('an action says what it does as a colleague would, and what is not exact says so', () => {
  expect(effectWords(chrome)).toBe('Updating Chrome on 312 hosts clears 1,204 findings');
  expect(effectWords({ ...chrome, exploited_count: 3, is_exact: false })).toBe(
    'Updating Chrome on about 312 hosts clears about 1,204 findings, 3 known exploited among them',
  );
  expect(effectWords({ ...chrome, fix_version: null, hosts_count: 1, findings_count: 2 })).toBe(
    'Chrome has 2 findings on 1 host and no version with a fix is known: accept, remove or watch it',
  );
  expect([figure(1204, { is_exact: true }), figure(1204, { is_exact: false })]).toEqual(['1,204', '≈ 1,204']);
});
