import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArchive } from './archive/read-archive.ts';
import type { Feed, FeedFiles } from './feed.ts';
import { openFile } from './fetching/open-file.ts';

/** Files of a feed, and where they lie. */
export type FilesOnDisk = FeedFiles & { paths: readonly string[] };

/**
 * A feed's files read where they lie in a mirror folder, with no cache between; null when none of them is there, or not one
 * that the feed cannot do without.
 */
export async function mirrorFiles(feed: Feed, folder: string): Promise<FilesOnDisk | null> {
  const paths = new Map<string, string>();
  let isWhole = true;
  const open = (name: string) => openFile(String(paths.get(name)), feed.limits.bytes);
  const openArchive = (name: string) => readArchive(String(paths.get(name)), feed.limits);
  await feed.fetch({
    async file({ name, mirrorPaths, isOptional }) {
      const present = mirrorPaths.map((path) => join(folder, path)).find((path) => existsSync(path));
      if (present) paths.set(name, present);
      else isWhole &&= isOptional === true;
      return present !== undefined;
    },
    open: (name) => (paths.has(name) ? open(name) : nothing()),
  });
  if (!isWhole || paths.size === 0) return null;
  return { has: (name) => paths.has(name), open, openArchive, paths: [...paths.values()] };
}

/** What a feed reads that asks for an index the mirror does not have. */
async function* nothing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{}');
}
