import { existsSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createProgress } from '../progress.ts';
import { UsageError } from '../usage-error.ts';
import type { Advisories } from './advisories.ts';
import { type FeedOnDisk, feedsOf, feedsOfSnapshot } from './feed-files.ts';
import type { FileStamp } from './index-format.ts';
import { loadAdvisories } from './load-advisories.ts';
import { readIndex } from './read-index.ts';
import { writeIndex } from './write-index.ts';

/**
 * All that a mirror's feeds say, or without one the snapshot that ships with Flotilla: read from them, or from a file that was compiled from the same files of theirs. A file that
 * is missing, damaged, of another version or made from others is made anew.
 * @throws UsageError when the mirror has none of the feeds
 */
export async function openAdvisories(mirror: string | undefined, indexPath: string | undefined): Promise<Advisories> {
  const { feeds, release } = mirror
    ? await feedsOf(mirror, indexPath ? `${indexPath}.feeds` : null)
    : { feeds: await feedsOfSnapshot(), release: async () => {} };
  try {
    if (feeds.length === 0) throw new UsageError(`${mirror} has none of the feeds`);
    if (!indexPath) return await load(feeds);
    const files = stampsOf(feeds);
    const compiled = compiledFrom(indexPath, files);
    if (compiled) return compiled;
    writeIndex(indexPath, await load(feeds), files);
    return readIndex(indexPath);
  } finally {
    await release();
  }
}

async function load(feeds: readonly FeedOnDisk[]) {
  const progress = createProgress('advisories read');
  const loaded = await loadAdvisories(feeds, progress.count);
  progress.clear();
  if (loaded.problems > 0) process.stderr.write(`${loaded.problems} records could not be read whole\n`);
  return loaded;
}

function compiledFrom(path: string, files: readonly FileStamp[]): Advisories | null {
  if (!existsSync(path)) return null;
  try {
    const compiled = readIndex(path);
    if (isDeepStrictEqual(compiled.files, files)) return compiled;
    compiled.close();
  } catch (error) {
    process.stderr.write(`${path} is made anew: ${(error as Error).message}\n`);
  }
  return null;
}

const stampsOf = (feeds: readonly FeedOnDisk[]): FileStamp[] =>
  feeds
    .flatMap(({ paths }) => paths)
    .sort()
    .map((path) => {
      const { size, mtime } = statSync(path);
      return { path, bytes: size, modified: mtime.toISOString() };
    });
