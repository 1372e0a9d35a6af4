import { createHash } from 'node:crypto';
import type { FeedFiles, FeedItem } from '../feed.ts';
import { readElements } from '../xml/read-elements.ts';
import { describedUpdates, filesOf, type Repository } from './repository.ts';
import { toItem, type UpdateList } from './to-item.ts';

/**
 * The security updates of a fetched repository.
 * @throws when they are damaged, or not what the index says they are
 */
export async function* readUpdates(
  files: FeedFiles,
  { repository, list, largest }: { repository: Repository; list: UpdateList; largest: number },
): AsyncGenerator<FeedItem> {
  const { index, updates } = filesOf(repository);
  const described = files.has(index('').name) ? await describedUpdates(files, repository) : null;
  const hash = createHash('sha256');
  for await (const update of readElements(hashing(files.open(updates('').name), hash), { named: 'update', largest })) {
    const item = toItem(update, list);
    if (item) yield item;
  }
  const wanted = described?.sha256 ?? null;
  if (wanted !== null && hash.digest('hex') !== wanted) {
    throw new Error(`${repository.name}: its SHA-256 is not the published one`);
  }
}

async function* hashing(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
