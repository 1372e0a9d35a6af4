import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Feed, FeedFiles } from './feed.ts';
import { openFile } from './fetching/open-file.ts';

/** A feed's files read where they lie in a mirror folder, with no cache between; null when one of them is not there. */
export async function mirrorFiles(feed: Feed, folder: string): Promise<FeedFiles | null> {
  const paths = new Map<string, string | undefined>();
  await feed.fetch({
    async file({ name, mirrorPaths }) {
      const present = mirrorPaths.map((path) => join(folder, path)).find((path) => existsSync(path));
      paths.set(name, present);
    },
  });
  if ([...paths.values()].includes(undefined)) return null;
  return { open: (name) => openFile(String(paths.get(name)), feed.limits.bytes) };
}
