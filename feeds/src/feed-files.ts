import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArchive } from './archive/read-archive.ts';
import type { FeedFiles, FeedLimits } from './feed.ts';
import { readState } from './fetching/feed-state.ts';
import { openFile } from './fetching/open-file.ts';

/** The files of a feed in a folder, each bounded by the feed's limits. */
export function filesIn(folder: string, limits: FeedLimits): FeedFiles {
  return {
    has: (name) => existsSync(join(folder, name)),
    open: (name) => openFile(join(folder, name), limits.bytes),
    openArchive: (name) => readArchive(join(folder, name), limits),
  };
}

/** The files in use of a feed in a cache; null before its first success. */
export async function filesInUse(cacheFolder: string, name: string, limits: FeedLimits): Promise<FeedFiles | null> {
  const folder = join(cacheFolder, name);
  const { generation } = await readState(folder);
  return generation === null ? null : filesIn(join(folder, generation), limits);
}
