import type { Feed, FeedFile, FeedFiles, FeedItem, Fetcher } from '../feed.ts';
import { parseJson } from '../json/parse-json.ts';
import { toItem } from './to-item.ts';

/** Tens of thousands of documents, of which some have a megabyte. */
const limits = { bytes: 64 * 1024 ** 3, recordBytes: 64 * 1024 ** 2, seconds: 3600 };

const folder = 'https://security.access.redhat.com/data/csaf/v2/vex/';

const index: FeedFile = {
  name: 'archive_latest.txt',
  upstream: `${folder}archive_latest.txt`,
  mirrorPaths: ['redhat-csaf-vex/archive_latest.txt'],
};

const ARCHIVE = 'csaf_vex.archive';

/** What Red Hat knows of each vulnerability in its products: a CSAF document each, in one archive that an index names. */
export const redhatCsafVex: Feed = {
  title: 'Red Hat vulnerabilities (CSAF VEX)',
  tells: 'advisories',
  scopes: ['rpm:rhel-', 'rpm:centos-'],
  schedule: { everyMinutes: 720 },
  limits,
  fetch,
  parse,
};

async function fetch(fetcher: Fetcher): Promise<void> {
  await fetcher.file(index);
  const name = (await textOf(fetcher.open(index.name))).trim();
  // What else may stand there names no archive, which reading it then tells.
  if (!/^[\w-]+\.tar\.\w+$/.test(name)) return;
  const upstream = `${folder}${name}`;
  await fetcher.file({ name: ARCHIVE, upstream, mirrorPaths: [`redhat-csaf-vex/${name}`], edition: name });
}

async function* parse(files: FeedFiles): AsyncGenerator<FeedItem> {
  for await (const { name, bytes } of files.openArchive(ARCHIVE)) {
    if (name.endsWith('.json')) yield toItem(parseJson(bytes), name);
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString('latin1');
  return text;
}
