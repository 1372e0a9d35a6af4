import type { Explanation } from '@flotilla/contract/explanation';
import { expect, test } from 'vitest';
import { rangeText, type Statement, verdictSentence } from './verdict-words.ts';

const range = { introduced: null, after: null, fixed: null, last_affected: null, standing: 'inside' } as const;
const statement: Statement = {
  ...{ role: 'decides', feed: 'debian-security-tracker', advisory: 'shadow/CVE-2024-0001', kind: 'ranges' },
  ...{ key: 'deb:debian-12:shadow', comparator: 'dpkg', compared: '1.6-2.1+deb12u1', confidence: 'high' },
  identity: { name: 'source_package', version: 'source_version' },
  ...{ verdict: 'affected', reason: null, detail: null, fix_version: '1.6-2.1+deb12u2', remark: null },
  ranges: [{ ...range, fixed: '1.6-2.1+deb12u2' }],
  ...{ ended_by: [], only: [], record: '{}', is_record_cut: false },
};
const explanation: Explanation = {
  ...{ cve: 'CVE-2024-0001', verdict: 'affected', reason: null, detail: null, fix_version: null },
  software: { version_id: 7, name: 'shadow', version: '1', source: 'deb_packages', context: 'debian-12' },
  identity: { purl: 'pkg:deb/a@1', source_package: null, cpes: [], confidence: null, rule: null, rule_reason: null },
  ...{ keys: [], statements: [statement] },
};
const sentence = (of: Partial<Explanation>, said: Partial<Statement> = {}) =>
  verdictSentence({ ...explanation, ...of, statements: [{ ...statement, ...said }] });

test('what is affected names the version that was compared and the one that fixed it', () => {
  expect(sentence({})).toBe('1.6-2.1+deb12u1 is before 1.6-2.1+deb12u2, where Debian 12 fixed it.');
  const elsewhere = { software: { ...explanation.software, context: '' } };
  expect(sentence(elsewhere)).toBe('1.6-2.1+deb12u1 is before 1.6-2.1+deb12u2, where it is fixed.');
  expect(sentence({}, { ranges: [{ ...range, last_affected: '2' }] })).toBe(
    '1.6-2.1+deb12u1 is not after 2, the last version that has it.',
  );
  expect(sentence({}, { ranges: [{ ...range }] })).toBe('no fix is known.');
});

test('what is not affected says which versions are', () => {
  const verdict = { verdict: 'not_affected', reason: 'outside_range' } as const;
  const outside = { ...range, standing: 'outside' } as const;
  expect(sentence(verdict, { ranges: [{ ...outside, fixed: '1.5' }] })).toBe(
    '1.6-2.1+deb12u1 is not before 1.5, where Debian 12 fixed it.',
  );
  const ranges = [
    { ...outside, introduced: '2', fixed: '3' },
    { ...outside, introduced: '4', last_affected: '5' },
  ];
  expect(sentence(verdict, { ranges })).toBe('1.6-2.1+deb12u1 is not from 2 before 3, nor from 4 up to 5.');
  expect(sentence({ ...verdict, reason: 'stated' })).toBe('Debian 12 says that no version of it is.');
  expect(sentence({ ...verdict, reason: 'patched' })).toBe('a patch that ends it is installed.');
});

test('silence, doubt and what is not judged are said as such', () => {
  expect(verdictSentence({ ...explanation, verdict: 'nothing_said', statements: [] })).toBe(
    'no record under any of its names speaks of CVE-2024-0001.',
  );
  expect(sentence({ verdict: 'unknown', reason: 'undetermined', detail: '' })).toBe('its makers have not found out.');
  expect(sentence({ verdict: 'not_judged', reason: 'never_matched', detail: 'No data speak of it.' })).toBe(
    'No data speak of it.',
  );
});

test('a range is read from its beginning to its end', () => {
  expect(rangeText({ ...range, introduced: '0', fixed: '2' })).toBe('before 2');
  expect(rangeText({ ...range, after: '1', last_affected: '2' })).toBe('after 1 up to 2');
  expect(rangeText(range)).toBe('every version');
});
