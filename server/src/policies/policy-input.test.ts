import { expect, test } from 'vitest';
import type { AppError } from '../kernel/errors.ts';
import { isAbout, isAnotherQuestion } from './policy.ts';
import { type CreateBody, toFields, typeOf } from './policy-input.ts';

const rule = { software_title_id: 3, minimum_version: ' 1.1 ' };
const blamed = (body: CreateBody) => {
  try {
    toFields(typeOf(body), body);
    return null;
  } catch (error) {
    return (error as AppError).fields[0]?.name;
  }
};

test('a request is blamed by the field that is wrong', () => {
  expect(blamed({ name: 'a', query: 'SELECT 1' })).toBe(null);
  expect(blamed({ name: 'a', version_rule: rule })).toBe(null);
  expect(blamed({ name: '  ', query: 'SELECT 1' })).toBe('name');
  expect(blamed({ name: 'a' })).toBe('query');
  expect(blamed({ name: 'a', query: ' ' })).toBe('query');
  expect(blamed({ name: 'a', type: 'version' })).toBe('version_rule');
  expect(blamed({ name: 'a', type: 'version', version_rule: rule, query: 'SELECT 1' })).toBe('query');
  expect(blamed({ name: 'a', query: 'SELECT 1', version_rule: rule })).toBe('version_rule');
  expect(blamed({ name: 'a', query: 'SELECT 1', platform: 'linux,beos' })).toBe('platform');
});

test('a change keeps what it leaves out, and null or 0 take the installation away', () => {
  const before = toFields('dynamic', {
    name: 'a',
    query: 'SELECT 1',
    platform: 'windows, linux',
    software_title_id: 3,
  });
  expect(before).toMatchObject({ platform: 'windows,linux', installTitleId: 3, critical: false });
  expect(toFields('dynamic', { critical: true }, before)).toEqual({ ...before, critical: true });
  for (const none of [0, null]) {
    expect(toFields('dynamic', { software_title_id: none }, before).installTitleId).toBe(null);
  }
  expect(toFields('dynamic', { platform: null }, before).platform).toBe('');
});

test('only another query, rule or platform is another question', () => {
  const before = toFields('dynamic', { name: 'a', query: 'SELECT 1', platform: 'linux,darwin' });
  const differs = (body: object) => isAnotherQuestion(before, toFields('dynamic', body, before));
  expect([{ name: 'b' }, { critical: true }, { platform: 'darwin , linux' }].map(differs)).toEqual([
    false,
    false,
    false,
  ]);
  expect([{ query: 'SELECT 2' }, { platform: 'linux' }].map(differs)).toEqual([true, true]);
});

test('a policy is about hosts of its fleet and its platforms', () => {
  const host = { platform: 'linux', fleetId: null } as const;
  expect(isAbout({ fleetId: null, platform: '' }, host)).toBe(true);
  expect(isAbout({ fleetId: 0, platform: 'linux' }, host)).toBe(true);
  expect(isAbout({ fleetId: 2, platform: '' }, host)).toBe(false);
  expect(isAbout({ fleetId: 2, platform: '' }, { ...host, fleetId: 2 })).toBe(true);
  expect(isAbout({ fleetId: null, platform: 'darwin,windows' }, host)).toBe(false);
});
