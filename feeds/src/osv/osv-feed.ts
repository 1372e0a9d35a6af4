import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { parseJson } from '../json/parse-json.ts';
import type { PackageRules } from './package-rules.ts';
import { toItems } from './to-items.ts';

export interface OsvSource {
  /** The name that its records carry. */
  feed: string;
  title: string;
  /** @see Feed.scopes */
  scope: string;
  upstream: string;
  mirrorPaths: readonly string[];
  rules: PackageRules;
}

/** npm's archive has 210 MB packed, and grows. */
const limits = { bytes: 8 * 1024 ** 3, recordBytes: 32 * 1024 ** 2, seconds: 1800 };

/** A feed of records of the Open Source Vulnerability format, which come as one archive. */
export function osvFeed({ feed, title, scope, upstream, mirrorPaths, rules }: OsvSource): Feed {
  const archive: FeedFile = { name: 'records.archive', upstream, mirrorPaths };
  return {
    title,
    tells: 'advisories',
    scopes: [scope],
    schedule: { everyMinutes: 60 },
    limits,
    fetch: (fetcher) => fetcher.file(archive),
    async *parse(files: FeedFiles): AsyncGenerator<FeedItem> {
      for await (const { name, bytes } of files.openArchive(archive.name)) {
        if (!name.endsWith('.json')) continue;
        yield* toItems(parseJson(bytes), { feed, name }, rules);
      }
    },
  };
}

/** What the project's bucket and a mirror of it call the archive of an ecosystem. */
export const inBucket = (ecosystem: string) => ({
  upstream: `https://osv-vulnerabilities.storage.googleapis.com/${encodeURIComponent(ecosystem)}/all.zip`,
  mirrorPaths: [`osv/${ecosystem.replaceAll(' ', '')}/all.zip`],
});
