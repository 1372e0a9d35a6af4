import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { splitJson } from '../json/split-json.ts';
import { toItems } from './to-advisory.ts';

export const FEED = 'debian-security-tracker';
const limits = { bytes: 1024 ** 3, recordBytes: 8 * 1024 ** 2, seconds: 900 };

const tracker: FeedFile = {
  name: 'tracker.json',
  upstream: 'https://security-tracker.debian.org/tracker/data/json',
  mirrorPaths: ['debian/tracker.json.gz', 'debian/tracker.json'],
};

/** What Debian's security team knows: `{source package: {vulnerability: {releases: {code name: …}}}}`. */
export const debianSecurityTracker: Feed = {
  title: 'Debian security tracker',
  tells: 'advisories',
  scopes: ['deb:debian-'],
  schedule: { everyMinutes: 60 },
  limits,
  fetch: (fetcher) => fetcher.file(tracker),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  const entries = splitJson(files.open(tracker.name), { depth: 2, largestPiece: limits.recordBytes });
  for await (const entry of entries) yield* toItems(FEED, entry);
}
