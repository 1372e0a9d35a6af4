import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedItem } from '@flotilla/feeds/feed';
import { filesIn } from '@flotilla/feeds/feed-files';
import { advisoryFeedNames, type FeedName, feeds } from '@flotilla/feeds/feeds';
import { feedSource } from '@flotilla/feeds/fetching/feed-source';
import { mirrorFiles } from '@flotilla/feeds/mirror-files';
import { readSnapshot, shippedSnapshot, snapshotFile, snapshotItems } from '@flotilla/feeds/snapshot/snapshot';
import { updateFeed } from '@flotilla/feeds/update-feed';

export interface FeedOnDisk {
  name: FeedName;
  /** Of its files. */
  paths: readonly string[];
  items(): AsyncIterable<FeedItem>;
}

export interface FeedsOnDisk {
  feeds: FeedOnDisk[];
  /** Removes what was downloaded for this once. */
  release(): Promise<void>;
}

/**
 * The feeds of a mirror, a folder or an address; those that it lacks are left out. Downloads of an address are kept in
 * `keepIn`, so that only what changed is loaded the next time; null: in a folder that `release` removes.
 * @throws when a feed can be neither downloaded nor found among earlier downloads
 */
export async function feedsOf(mirror: string, keepIn: string | null): Promise<FeedsOnDisk> {
  const source = feedSource(mirror);
  const nothing = async () => {};
  if (source.kind === 'folder') return { feeds: await inFolder(source.folder), release: nothing };
  const cacheFolder = keepIn ?? (await mkdtemp(join(tmpdir(), 'flotilla-feeds-')));
  const release = keepIn ? nothing : () => rm(cacheFolder, { recursive: true });
  const found: FeedOnDisk[] = [];
  try {
    for (const name of advisoryFeedNames) {
      // As with a folder, what whoever asks points to is used.
      const { state } = await updateFeed(name, { cacheFolder, source, now: new Date(), acceptHeld: true });
      if (state.failure && !state.failure.isAbsent) throw new Error(`${name}: ${state.failure.reason}`);
      if (state.generation === null) continue;
      const folder = join(cacheFolder, name, state.generation);
      const paths = (await readdir(folder)).map((file) => join(folder, file));
      found.push({ name, paths, items: () => feeds[name].parse(filesIn(folder, feeds[name].limits)) });
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { feeds: found, release };
}

async function inFolder(folder: string): Promise<FeedOnDisk[]> {
  const found: FeedOnDisk[] = [];
  for (const name of advisoryFeedNames) {
    const files = await mirrorFiles(feeds[name], folder);
    if (files) found.push({ name, paths: files.paths, items: () => feeds[name].parse(files) });
  }
  return found;
}

/** The feeds of the snapshot that ships with Flotilla. */
export async function feedsOfSnapshot(): Promise<FeedOnDisk[]> {
  const snapshot = await readSnapshot(shippedSnapshot);
  return advisoryFeedNames.flatMap((name) => {
    const feed = snapshot.feeds[name];
    const paths = [snapshotFile(shippedSnapshot, name)];
    return feed ? { name, paths, items: () => snapshotItems(shippedSnapshot, name, feed) } : [];
  });
}
