import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';

const keyFile = (folder: string) => join(folder, 'node-key');

/** What the host proves itself with; null before it has enrolled. */
export function readNodeKey(folder: string): string | null {
  const file = keyFile(folder);
  const key = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return key === '' ? null : key;
}

export const writeNodeKey = (folder: string, key: string) => writeWhole(keyFile(folder), `${key}\n`);

export const forgetNodeKey = (folder: string) => rmSync(keyFile(folder), { force: true });
