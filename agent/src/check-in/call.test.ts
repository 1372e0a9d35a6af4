import { CheckInBody } from '@flotilla/contract/agent';
import Value from 'typebox/value';
import { expect, it } from 'vitest';
import { answered, failed } from '../osquery/answer.ts';
import { bodyOf } from './call.ts';

const SAID = { mark: 0, timeZone: 'Europe/Berlin' };

it('makes a body that the contract takes, with and without answers and reports', () => {
  const empty = JSON.parse(
    bodyOf({ ...SAID, sequence: 1, isFirst: true, answers: new Map(), reports: [] }, 'key').join(''),
  );
  expect(Value.Check(CheckInBody, empty)).toBe(true);
  expect(empty).toMatchObject({ started: true, time_zone: 'Europe/Berlin' });
  const answers = new Map([
    ['a "quoted" name', { ...answered('[{"a":"1"}]'), file: 'one' }],
    ['two', { ...failed('no such table: x'), file: 'one' }],
  ]);
  const report = { id: '0b9f3a52-3a7e-4c3c-9d61-0e4a6d0f8a11', attempt: 1, state: 'accepted' } as const;
  const full = JSON.parse(bodyOf({ ...SAID, sequence: 2, isFirst: false, answers, reports: [report] }, 'key').join(''));
  expect(Value.Check(CheckInBody, full)).toBe(true);
  expect(full.answers).toEqual({
    queries: { 'a "quoted" name': [{ a: '1' }], two: [] },
    statuses: { 'a "quoted" name': 0, two: 1 },
    messages: { 'a "quoted" name': '', two: 'no such table: x' },
  });
});
