import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox, hashToken, newToken } from './secrets.ts';

test('what was sealed opens again, and only with its key and unchanged', () => {
  const key = randomBytes(32);
  const box = createSecretBox(() => [key]);
  const sealed = box.seal('enrol with this');
  expect(box.open(sealed)).toBe('enrol with this');
  expect(() => createSecretBox(() => [randomBytes(32)]).open(sealed)).toThrow(/secret.key/);
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
  expect(() => box.open(sealed)).toThrow();
});

test('tokens have 192 random bits and are known by their hash', () => {
  expect(Buffer.from(newToken(), 'base64url')).toHaveLength(24);
  expect(hashToken('a')).not.toEqual(hashToken('b'));
});
