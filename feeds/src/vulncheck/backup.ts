import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { FeedFile, FeedFiles, Fetcher } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';

/** What VulnCheck gives away as one archive: an index names it, with an address that is good for minutes, and its SHA-256. */
export interface Backup {
  /** As the interface calls it: `nist-nvd2`. */
  name: string;
}

const indexOf = ({ name }: Backup): FeedFile => ({
  name: `${name}-backup.json`,
  upstream: `https://api.vulncheck.com/v3/backup/${name}`,
  mirrorPaths: [`vulncheck/${name}-backup.json`],
  token: 'vulncheck',
});

export const archiveOf = ({ name }: Backup) => `${name}.archive`;

/** Asks for the index, and for the archive that it names. */
export async function fetchBackup(fetcher: Fetcher, backup: Backup): Promise<void> {
  await fetcher.file(indexOf(backup));
  const described = await describedArchive(fetcher, backup);
  // Without it, what is missing shows when the feed is read.
  if (!described?.url) return;
  const { url: upstream, sha256: edition } = described;
  const mirrorPaths = [`vulncheck/${backup.name}.zip`];
  await fetcher.file({ name: archiveOf(backup), upstream, mirrorPaths, ...(edition && { edition }) });
}

/** `{data: [{url, sha256, …}]}` */
async function describedArchive(files: Pick<FeedFiles, 'open'>, backup: Backup) {
  const index = parsed(await text(files.open(indexOf(backup).name)));
  const [entry] = recordsIn(isRecord(index) ? index.data : []);
  const { url, sha256 } = entry ?? {};
  return {
    url: typeof url === 'string' && url.startsWith('https://') ? url : null,
    sha256: typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256) ? sha256.toLowerCase() : null,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/**
 * The JSON documents of a fetched archive, one by one, uncompressed.
 * @throws when the archive is damaged, or not what the index says it is
 */
export async function* documentsOf(files: FeedFiles, backup: Backup): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const archive = archiveOf(backup);
  const { sha256 } = await describedArchive(files, backup);
  if (sha256 !== null && (await hashOf(files.open(archive))) !== sha256) {
    throw new Error(`${backup.name}: its SHA-256 is not the published one`);
  }
  for await (const { name, bytes } of files.openArchive(archive)) {
    if (name.endsWith('.json')) yield Readable.from([bytes]);
    if (name.endsWith('.json.gz')) yield Readable.from([bytes]).pipe(createGunzip());
  }
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}
