import { toItems } from '../debian-security-tracker/to-advisory.ts';
import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { splitJson } from '../json/split-json.ts';

const FEED = 'debian-changelogs';
const limits = { bytes: 256 * 1024 ** 2, recordBytes: 1024 ** 2, seconds: 300 };

const fixes: FeedFile = {
  name: 'tracker-derived.json',
  upstream: null,
  mirrorPaths: ['debian/tracker-derived.json.gz'],
  isOptional: true,
};

/**
 * Which version of a source package was the first to name a vulnerability as fixed, collected from Debian's announcements and
 * from changelogs, in the form of the security tracker. What has no fix yet is not in it. Nobody publishes it.
 */
export const debianChangelogs: Feed = {
  title: 'Fixed versions from announcements and changelogs of Debian packages',
  tells: 'advisories',
  scopes: ['deb:debian-'],
  schedule: { everyMinutes: 1440 },
  limits,
  fetch: (fetcher) => fetcher.file(fixes),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  if (!files.has(fixes.name)) return;
  const entries = splitJson(files.open(fixes.name), { depth: 2, largestPiece: limits.recordBytes });
  for await (const entry of entries) {
    for (const item of toItems(FEED, entry)) {
      yield 'advisory' in item ? { advisory: { ...item.advisory, isDerived: true } } : item;
    }
  }
}
