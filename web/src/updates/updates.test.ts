import type { Ring } from '@flotilla/contract/updates';
import { expect, test } from 'vitest';
import { bodyOf, fieldsOf, fieldTrouble } from './rollout-body.ts';
import { placeName, rolloutProgress, wholeFunnel } from './rollout-words.ts';

const funnel = { targeted: 10, queued: 1, running: 1, reported: 1, verified: 4, failed: 1, cancelled: 1, already: 1 };
const ring = (changes: Partial<typeof funnel> = {}) => ({ funnel: { ...funnel, ...changes } }) as Ring;

test('rings add up to one funnel', () => {
  expect(wholeFunnel([ring(), ring({ targeted: 90, verified: 0 })])).toMatchObject({
    targeted: 100,
    verified: 4,
    failed: 2,
  });
  expect(wholeFunnel([])).toMatchObject({ targeted: 0, already: 0 });
});

test('a rollout says how many have it, how many failed, and how many are still to come', () => {
  const rollout = { state: 'running' as const, rings: [ring()] };
  expect(rolloutProgress(rollout)).toBe('for 10 hosts: 5 have it, 1 failed, 1 cancelled, 3 to go');
  expect(rolloutProgress({ ...rollout, state: 'aborted' })).toContain('3 not reached');
  const only = ring({ targeted: 1, verified: 1, failed: 0, cancelled: 0, already: 0 });
  expect(rolloutProgress({ ...rollout, state: 'done', rings: [only] })).toBe('for 1 host: 1 has it');
});

test('places have words, and an unknown one is shown as it is', () => {
  expect([placeName('waiting'), placeName('already'), placeName('brand new')]).toEqual([
    'Ring not open yet',
    'Had it already',
    'brand new',
  ]);
});

const target = { title_id: 3, title: 'htop', cve: 'CVE-2026-1' };
const gate = { success_share: 0.9, minimum_successes: 5 };

test('what nobody typed is left to the server', () => {
  expect(bodyOf(target, {}, undefined)).toEqual({ title_id: 3, cve: 'CVE-2026-1', installer_id: undefined });
  expect(fieldsOf({}, gate)).toEqual({ percent: '10', share: '90', successes: '5' });
});

test('one half of the gate is completed by what the server chose for the other', () => {
  expect(bodyOf(target, { share: '75,5', percent: '0.5' }, gate)).toMatchObject({
    first_ring_percent: 0.5,
    gate: { success_share: 0.755, minimum_successes: 5 },
  });
  expect(bodyOf(target, { share: '75' }, undefined)).toBeUndefined();
});

test('a field that cannot be meant says so, and nothing is asked with it', () => {
  expect(fieldTrouble({ percent: '0', share: '101', successes: '1.5' })).toEqual({
    percent: 'From 0.01 to 100',
    share: 'From 0 to 100',
    successes: 'A whole number, 0 or more',
  });
  expect(bodyOf(target, { percent: '' }, gate)).toBeUndefined();
  expect(fieldTrouble({ share: '0', successes: '0' })).toEqual({});
});
