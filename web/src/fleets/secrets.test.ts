import { expect, test } from 'vitest';
import { newSecret, quotaWords } from './secrets.ts';

test('a new secret is long, never the same, and needs no quoting', () => {
  const secrets = Array.from({ length: 200 }, newSecret);
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{32}$/);
});

test('a quota says how much of it is used', () => {
  expect(quotaWords({ quota: null, used: 0 })).toBe('Enrols any number of hosts');
  expect(quotaWords({ quota: 10, used: 3 })).toBe('Has enrolled 3 of at most 10 hosts');
});
