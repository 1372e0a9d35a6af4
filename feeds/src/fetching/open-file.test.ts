import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFile } from './open-file.ts';

const content = 'fleet of ships\n'.repeat(200);
/** As bzip2 1.0 packs it. */
const bzip2 = Buffer.from(
  'QlpoOTFBWSZTWfHSL2QAArvRgAAQQAADZMwAIABwQDTTQFKoGnpGxF8IvBFgi0ItiLQi0IsEWhFgi2IvhFyIsEX4u5IpwoSHjpF7IA==',
  'base64',
);

const open = (bytes: Uint8Array, maximum = 1e6) => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, bytes);
  return text(openFile(path, maximum));
};

test.each([
  ['plain', Buffer.from(content)],
  ['gzip', gzipSync(content)],
  ['bzip2', bzip2],
])('the bytes of a %s file are those that went into it', async (_, bytes) => {
  expect(await open(bytes)).toBe(content);
  await expect(open(bytes, 100)).rejects.toThrow('unpacks to more');
});

test.each([
  ['gzip', gzipSync(content)],
  ['bzip2', bzip2],
])('a %s file that is cut short, or has a wrong bit, is no file', async (_, bytes) => {
  await expect(open(bytes.subarray(0, bytes.length - 12))).rejects.toThrow();
  const wrong = Buffer.from(bytes);
  wrong[12] = (wrong[12] ?? 0) ^ 1;
  await expect(open(wrong)).rejects.toThrow();
});
