import { expect, test } from 'vitest';
import { proposalWords } from './proposal-words.ts';

const base = { hosts_count: 3, fix_version: '2.0', why_not: '', rollout_id: null };
const found = { installer_id: 1, name: 'htop_2.1.deb', version: '2.1' };

test('a package that clears it is named', () => {
  expect(proposalWords({ ...base, package: found })).toBe(
    'On 3 hosts; htop_2.1.deb in the library clears it, fixed since 2.0',
  );
});

test('what is missing is said so that one can act', () => {
  expect(proposalWords({ ...base, package: null })).toBe(
    'On 3 hosts. The library has no package that clears it: upload version 2.0 or newer',
  );
  expect(proposalWords({ ...base, package: null, fix_version: null })).toContain('no version with a fix is known yet');
  expect(proposalWords({ ...base, package: found, why_not: 'It is older than the fix' })).toBe(
    'On 3 hosts. It is older than the fix',
  );
});

test('a rollout under way is said before all else', () => {
  expect(proposalWords({ ...base, package: found, rollout_id: 4 })).toContain('under way');
});
