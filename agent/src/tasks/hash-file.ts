import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** The SHA-256 of a plain file, in hex; null when there is none of this size. */
export async function hashFile(file: string, size: number): Promise<string | null> {
  const found = await lstat(file).catch(() => null);
  if (!found?.isFile() || found.size !== size) return null;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
