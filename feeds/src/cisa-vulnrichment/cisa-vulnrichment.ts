import type { Feed, FeedFile, FeedFiles, FeedItem } from '../feed.ts';
import { parseJson } from '../json/parse-json.ts';
import { toItem } from './to-item.ts';

/** The whole repository, which has a record a file. */
const limits = { bytes: 8 * 1024 ** 3, recordBytes: 16 * 1024 ** 2, seconds: 1800 };

const repository: FeedFile = {
  name: 'vulnrichment.archive',
  upstream: 'https://codeload.github.com/cisagov/vulnrichment/tar.gz/refs/heads/develop',
  mirrorPaths: ['vulnrichment/develop.tar.gz', 'vulnrichment/develop.zip'],
};

/** What CISA adds to records of the CVE programme: its decisions by SSVC, and ratings where the record had none. */
export const cisaVulnrichment: Feed = {
  title: 'CISA Vulnrichment',
  tells: 'advisories',
  scopes: [],
  schedule: { everyMinutes: 720 },
  limits,
  fetch: (fetcher) => fetcher.file(repository),
  parse,
};

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  for await (const { name, bytes } of files.openArchive(repository.name)) {
    if (/(?:^|\/)CVE-[^/]+\.json$/.test(name)) yield toItem(parseJson(bytes), name);
  }
}
