import { copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesIn } from './feed-files.ts';
import { type FeedName, feeds } from './feeds.ts';
import { type Update, type UpdateOptions, updateFeed } from './update-feed.ts';

/** Where a mirror keeps what it knows of each feed, beside the files themselves. */
export const KEPT = '.flotilla';

/**
 * Brings a feed up to date in a mirror folder, for servers without internet: the same guards hold as on a server, so that the mirror
 * keeps what it has when the new data are damaged. A server reads the folder, or anything that serves it, as `FLOTILLA_FEEDS_URL`.
 * @throws only when the folder cannot be written
 */
export async function mirrorFeed(
  name: FeedName,
  { folder, ...options }: Omit<UpdateOptions, 'cacheFolder'> & { folder: string },
): Promise<Update> {
  const cacheFolder = join(folder, KEPT);
  const update = await updateFeed(name, { ...options, cacheFolder });
  const { generation } = update.state;
  if (update.outcome !== 'updated' || generation === null) return update;
  const kept = join(cacheFolder, name, generation);
  const files = filesIn(kept, feeds[name].limits);
  await feeds[name].fetch({
    async file({ name: file, mirrorPaths: [path] }) {
      if (!files.has(file)) return false;
      if (path !== undefined) await place(join(kept, file), join(folder, path));
      return true;
    },
    open: files.open,
  });
  return update;
}

/** Whoever reads the mirror at this moment sees the old file or the new one. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, `${to}.new`);
  await rename(`${to}.new`, to);
}
