import { fileURLToPath } from 'node:url';
import { advisoryFeedNames, type FeedName, feeds } from '@flotilla/feeds/feeds';
import { feedSource } from '@flotilla/feeds/fetching/feed-source';
import { type FilesOnDisk, mirrorFiles } from '@flotilla/feeds/mirror-files';

export interface MirroredFeed {
  name: FeedName;
  files: FilesOnDisk;
}

/**
 * The feeds of the folder in FLOTILLA_FEEDS_URL, else of `../shared/feeds`.
 * @throws where there are none
 */
export async function mirroredFeeds(): Promise<MirroredFeed[]> {
  const beside = fileURLToPath(new URL('../../../../shared/feeds', import.meta.url));
  const source = feedSource(process.env.FLOTILLA_FEEDS_URL || beside);
  if (source.kind !== 'folder') throw new Error('FLOTILLA_FEEDS_URL must be a folder for this');
  const found: MirroredFeed[] = [];
  for (const name of advisoryFeedNames) {
    const files = await mirrorFiles(feeds[name], source.folder);
    if (files) found.push({ name, files });
  }
  if (found.length === 0) throw new Error(`${source.folder} has none of the feeds`);
  return found;
}
