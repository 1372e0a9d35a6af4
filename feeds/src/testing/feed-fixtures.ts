import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArchive } from '../archive/read-archive.ts';
import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { openFile } from '../fetching/open-file.ts';

/** Real data in upstream form, beside the checkout; not everywhere there. */
export const mirror = fileURLToPath(new URL('../../../../shared/feeds/', import.meta.url));
/** Those that are not of vulnerabilities lie in another folder. */
export const mirrorOfLifecycles = fileURLToPath(new URL('../../../../shared/catalogue/', import.meta.url));
export const hasMirror = existsSync(mirror);

/** The fixture of a feed that is a text. */
export const fixtureOf = (name: string) => readFileSync(new URL(fixtureName(name), fixtures), 'utf8');

/** One file of that text, whatever it is called; of optional ones, the first that is asked for. */
export function filesWith(text: string): FeedFiles {
  let first: string | undefined;
  return {
    has: (name) => {
      first ??= name;
      return name === first;
    },
    async *open() {
      yield Buffer.from(text);
    },
    async *openArchive() {
      yield { name: 'record.json', bytes: Buffer.from(text) };
    },
  };
}

const limits = { bytes: 1024 ** 3, recordBytes: 1024 ** 3 };

export const filesAt = (path: string): FeedFiles => ({
  has: () => true,
  open: () => openFile(path, limits.bytes),
  openArchive: () => readArchive(path, limits),
});

const fixtures = new URL('../../fixtures/', import.meta.url);

/** The name of a feed's fixture, which begins with the feed's. */
export const fixtureName = (feed: string): string =>
  String(readdirSync(fixtures).find((each) => each.slice(0, each.indexOf('.')) === feed));

/** The fixture of a feed, as text or as the archive that it is. */
export function fixtureFiles(feed: string): FeedFiles {
  const path = fileURLToPath(new URL(fixtureName(feed), fixtures));
  return isArchive(feed) ? filesAt(path) : filesWith(readFileSync(path, 'utf8'));
}

export const isArchive = (feed: string) => /\.(?:zip|tar\.\w+)$/.test(fixtureName(feed));

/** What a feed asks for where its indexes are empty. */
export async function filesOf(feed: Feed): Promise<FeedFile[]> {
  const files: FeedFile[] = [];
  await feed.fetch({
    file: async (file) => {
      files.push(file);
      return file.isOptional !== true;
    },
    open: filesWith('{}').open,
  });
  return files;
}

export async function parseAll(feed: Feed, files: FeedFiles): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  for await (const item of feed.parse(files)) items.push(item);
  return items;
}

export const advisoriesIn = (items: FeedItem[]) => items.flatMap((item) => ('advisory' in item ? item.advisory : []));
export const productsIn = (items: FeedItem[]) => items.flatMap((item) => ('product' in item ? item.product : []));
export const problemsIn = (items: FeedItem[]) => items.flatMap((item) => ('problem' in item ? item : []));
