import { expect, test } from 'vitest';
import { ApiError, explanation, nextStep, reasonsByField, unreachable } from './api-error.ts';
import { addressOf } from './call.ts';

test('parameters go into the path, and only what is set goes into the query', () => {
  expect(addressOf('/hosts/:id/software', { id: 7 }, { query: 'a b&c', page: 0, order_key: undefined })).toBe(
    '/hosts/7/software?query=a+b%26c&page=0',
  );
  expect(addressOf('/hosts')).toBe('/hosts');
});

test('reasons are found by the last part of the field name, the rest is about the whole form', () => {
  const error = ApiError.of(
    422,
    '{"message":"Validation Failed","errors":[{"name":"admin.email","reason":"is taken"},{"name":"odd","reason":"no"}]}',
  );
  expect(reasonsByField(error, ['email'])).toEqual({ email: 'is taken', base: 'no' });
});

test('an answer that is no error body still says what happened', () => {
  expect(ApiError.of(502, '<html>').message).toBe('The server answered with status 502');
  expect(reasonsByField(unreachable(), [])).toEqual({ base: 'The server does not answer' });
});

test('every failure names a next step, and the log entry where there is one', () => {
  expect(nextStep(unreachable())).toContain('running');
  expect(nextStep(new Error('x'))).toContain('reload');
  expect(nextStep(ApiError.of(409, '{}'))).toContain('it is now');
  expect(nextStep(ApiError.of(422, '{}'))).toContain('Correct');
  expect(explanation(ApiError.of(500, '{"message":"Internal error","errors":[],"uuid":"u1"}'))).toBe(
    'Internal error. Log entry u1.',
  );
});
