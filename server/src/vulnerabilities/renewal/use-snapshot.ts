import type { FeedItem } from '@flotilla/feeds/feed';
import type { FeedName } from '@flotilla/feeds/feeds';
import { readSnapshot, type SnapshotFeed, shippedSnapshot, snapshotItems } from '@flotilla/feeds/snapshot/snapshot';

/** A feed as it came with Flotilla. */
export interface FoundSnapshot extends SnapshotFeed {
  /** Tells it from what is fetched, and from what came with another Flotilla. */
  generation: string;
  items(): AsyncIterable<FeedItem>;
}

/** @returns null where the snapshot that came with Flotilla does not have the feed */
export async function findSnapshot(name: FeedName): Promise<FoundSnapshot | null> {
  const feed = (await readSnapshot(shippedSnapshot)).feeds[name];
  if (!feed) return null;
  const generation = `snapshot ${feed.sha256}`;
  return { ...feed, generation, items: () => snapshotItems(shippedSnapshot, name, feed) };
}
