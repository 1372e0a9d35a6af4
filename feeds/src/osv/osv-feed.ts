import type { Feed, FeedFile, FeedFiles, FeedItem, Fetcher } from '../feed.ts';
import { parseJson } from '../json/parse-json.ts';
import { fileOf, readChanges } from './changes.ts';
import type { PackageRules } from './package-rules.ts';
import { toItems } from './to-items.ts';

export interface OsvSource {
  /** The name that its records carry. */
  feed: string;
  title: string;
  /** @see Feed.scopes */
  scope: string;
  archive: FeedFile;
  /** A list of what changed when, where the upstream has one and each record by itself. */
  changes?: FeedFile;
  rules: PackageRules;
}

/** npm's archive has 210 MB packed, and grows. */
const limits = { bytes: 8 * 1024 ** 3, recordBytes: 32 * 1024 ** 2, seconds: 1800 };

/**
 * A feed of records of the Open Source Vulnerability format, which come as one archive. Where the upstream says what changed,
 * the archive is fetched once a week, and between only what changed since.
 */
export function osvFeed(source: OsvSource): Feed {
  return {
    title: source.title,
    tells: 'advisories',
    scopes: [source.scope],
    schedule: { everyMinutes: 60 },
    limits,
    fetch: (fetcher) => fetch(fetcher, source),
    parse: (files) => parse(files, source),
  };
}

async function fetch(fetcher: Fetcher, { archive, changes }: OsvSource): Promise<void> {
  const known = changes && (await fetcher.file(changes)) ? await readChanges(fetcher.open(changes.name)) : null;
  for (const record of known?.records ?? []) {
    // Mirrors have the archive only.
    if (!(await fetcher.file(fileOf(record, archive)))) return void (await fetcher.file(archive));
  }
  await fetcher.file(known ? { ...archive, edition: known.edition } : archive);
}

async function* parse(files: FeedFiles, { feed, archive, changes, rules }: OsvSource): AsyncGenerator<FeedItem> {
  const known = changes && files.has(changes.name) ? await readChanges(files.open(changes.name)) : null;
  const changed = new Set<string>();
  for (const record of known?.records ?? []) {
    const { name } = fileOf(record, archive);
    if (!files.has(name)) continue;
    changed.add(`${record.id}.json`);
    yield* toItems(parseJson(await bytesOf(files.open(name))), { feed, name }, rules);
  }
  for await (const { name, bytes } of files.openArchive(archive.name)) {
    if (name.endsWith('.json') && !changed.has(name)) yield* toItems(parseJson(bytes), { feed, name }, rules);
  }
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

export const ARCHIVE = 'records.archive';

/** What the project's bucket and a mirror of it have of an ecosystem. */
export function inBucket(ecosystem: string): { archive: FeedFile; changes: FeedFile } {
  const upstream = `https://osv-vulnerabilities.storage.googleapis.com/${encodeURIComponent(ecosystem)}`;
  const mirror = `osv/${ecosystem.replaceAll(' ', '')}`;
  return {
    archive: { name: ARCHIVE, upstream: `${upstream}/all.zip`, mirrorPaths: [`${mirror}/all.zip`] },
    changes: {
      name: 'modified_id.csv',
      upstream: `${upstream}/modified_id.csv`,
      mirrorPaths: [`${mirror}/modified_id.csv`],
      isOptional: true,
    },
  };
}
