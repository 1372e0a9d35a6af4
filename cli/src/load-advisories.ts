import type { Exploitation } from '@flotilla/engine/advisories/advisory';
import { createMemoryIndex, type MemoryIndex } from '@flotilla/engine/matching/memory-index';
import type { Feed, FeedFiles } from '@flotilla/feeds/feed';
import { advisoryFeedNames, feeds } from '@flotilla/feeds/feeds';
import { mirrorFiles } from '@flotilla/feeds/mirror-files';

/** Every advisory of a mirror folder, held in memory. */
export interface LoadedAdvisories {
  index: MemoryIndex;
  /** By vulnerability. */
  exploited: Map<string, Exploitation>;
  /** How many advisories each feed had; feeds that the folder lacks are not named. */
  counts: Record<string, number>;
  /** Records, or parts of them, that could not be understood. */
  problems: number;
}

/**
 * Loads what a mirror folder has of the feeds.
 * @throws naming the feed whose file is damaged
 */
export async function loadAdvisories(folder: string, onProgress: (count: number) => void): Promise<LoadedAdvisories> {
  const loaded: LoadedAdvisories = { index: createMemoryIndex(), exploited: new Map(), counts: {}, problems: 0 };
  for (const name of advisoryFeedNames) {
    const files = await mirrorFiles(feeds[name], folder);
    if (!files) continue;
    try {
      loaded.counts[name] = await load(feeds[name], files, { loaded, onProgress });
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  }
  return loaded;
}

interface Target {
  loaded: LoadedAdvisories;
  onProgress: (count: number) => void;
}

async function load(feed: Feed, files: FeedFiles, { loaded, onProgress }: Target): Promise<number> {
  let count = 0;
  for await (const item of feed.parse(files)) {
    if ('problem' in item) loaded.problems++;
    if (!('advisory' in item)) continue;
    const { advisory } = item;
    loaded.index.add(advisory);
    for (const name of advisory.vulnerabilities) {
      if (advisory.exploitation) loaded.exploited.set(name, advisory.exploitation);
    }
    onProgress(++count);
  }
  return count;
}
