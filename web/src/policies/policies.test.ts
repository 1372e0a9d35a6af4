import type { Policy } from '@flotilla/contract/policies';
import { expect, test } from 'vitest';
import { bodyOf, draftOf, emptyDraft, missing } from './policy-draft.ts';
import { platformWords, policiesSentence, ruleWords, scopeWord } from './policy-words.ts';
import { readPolicySearch } from './search.ts';

const policy = (name: string, failing: number) => ({ name, failing_host_count: failing }) as Policy;

test('the list opens with how many fail, and which on most hosts', () => {
  const worst = [policy('Disk encrypted', 12), policy('htop', 1), policy('ok', 0)];
  expect(policiesSentence(3, worst)).toBe('2 of 3 policies fail: Disk encrypted on 12 hosts, the most');
  expect(policiesSentence(1, [policy('htop', 1)])).toBe('1 of 1 policy fails: htop on 1 host');
  expect(policiesSentence(9, [policy('htop', 1)])).toContain('1 or more of 9');
  expect(policiesSentence(2, [policy('ok', 0)])).toBe('None of 2 policies fails on any host');
  expect([policiesSentence(0, []), policiesSentence(undefined, [])]).toEqual([
    'Nothing is asked of your hosts yet',
    '',
  ]);
});

test('scope, platforms and rule are said in words', () => {
  expect([null, 0, 3].map((fleet_id) => scopeWord({ fleet_id }))).toEqual([
    'All hosts',
    'Hosts in no fleet',
    'Fleet 3',
  ]);
  expect([platformWords(''), platformWords('darwin, linux')]).toEqual(['every platform', 'macOS and Linux']);
  const rule = { software_title_id: 1, title: 'htop', source: 'deb_packages', minimum_version: '3.2' };
  expect(ruleWords(rule)).toBe('Wherever htop is installed, it must be at least version 3.2');
});

test('a draft says what is missing for its kind', () => {
  expect(missing(emptyDraft)).toEqual({
    name: 'Give it a name',
    title: 'Choose a title',
    minimum: 'Say the lowest version that passes',
  });
  expect(missing({ ...emptyDraft, kind: 'dynamic', name: 'a', query: 'SELECT 1' })).toEqual({});
});

test('a stored policy survives the way into a draft and back', () => {
  const stored = {
    ...policy('htop', 0),
    type: 'version',
    fleet_id: 0,
    query: '',
    description: 'd',
    resolution: 'r',
    platform: '',
    critical: true,
    version_rule: { software_title_id: 4, title: 'htop', source: 'deb_packages', minimum_version: '3.2' },
  } as Policy;
  expect(bodyOf(draftOf(stored))).toEqual({
    name: 'htop',
    description: 'd',
    resolution: 'r',
    platform: '',
    critical: true,
    version_rule: { software_title_id: 4, minimum_version: '3.2' },
    software_title_id: 0,
  });
});

test('the address of a policy keeps only answers it knows', () => {
  expect(readPolicySearch({ response: 'fail', page: '3' })).toEqual({ response: 'fail', page: 3, per_page: undefined });
  expect(readPolicySearch({ response: 'maybe' }).response).toBeUndefined();
});
