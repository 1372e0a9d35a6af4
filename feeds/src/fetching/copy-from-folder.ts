import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeedFile } from '../feed.ts';
import { AbsentError, FetchError } from './fetch-error.ts';
import type { Fetched, FileRequest } from './fetch-file.ts';
import { storeStream } from './store-stream.ts';

/**
 * Copies a file from a mirror folder; size and time of change tell whether it is the known one.
 * @returns null when no path of it is there and it is optional
 * @throws FetchError when no path of it is there, or it changes under the copy
 */
export async function copyFromFolder(folder: string, file: FeedFile, request: FileRequest): Promise<Fetched | null> {
  for (const mirrorPath of file.mirrorPaths) {
    const from = join(folder, mirrorPath);
    const before = await describe(from);
    if (!before) continue;
    if (request.known?.from === from && request.known.tag === before) return { isNew: false, identity: request.known };
    const { path, maximumBytes, signal } = request;
    await storeStream(createReadStream(from), { path, maximumBytes, signal });
    if ((await describe(from)) !== before) throw new FetchError(`${from}: it changed while it was read`);
    return { isNew: true, identity: { from, tag: before, modified: null } };
  }
  if (file.isOptional) return null;
  throw new AbsentError(`the mirror has none of ${file.mirrorPaths.join(', ')} in ${folder}`);
}

async function describe(path: string): Promise<string | null> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new FetchError(`${path}: ${(error as Error).message}`);
  }
}
