import type { Feed, FeedFiles } from './feed.ts';
import type { Delivery } from './guards.ts';

/** A feed's data, read to their end, and the ids of its records. */
export interface Survey {
  delivery: Delivery;
  ids: Set<string>;
}

/**
 * Reads a feed once to learn what it holds.
 * @throws when its files are damaged
 */
export async function survey(feed: Feed, files: FeedFiles): Promise<Survey> {
  const delivery: Delivery = { records: 0, problems: 0, bytes: 0, published: null };
  const ids = new Set<string>();
  for await (const item of feed.parse(countingBytes(files, delivery))) {
    if ('advisory' in item) ids.add(item.advisory.id);
    else if ('product' in item) ids.add(item.product.name);
    else if ('published' in item) delivery.published = item.published;
    else delivery.problems++;
  }
  delivery.records = ids.size;
  return { delivery, ids };
}

function countingBytes(files: FeedFiles, delivery: Delivery): FeedFiles {
  return {
    has: files.has,
    async *open(name) {
      for await (const chunk of files.open(name)) {
        delivery.bytes += chunk.length;
        yield chunk;
      }
    },
    async *openArchive(name) {
      for await (const entry of files.openArchive(name)) {
        delivery.bytes += entry.bytes.length;
        yield entry;
      }
    },
  };
}
