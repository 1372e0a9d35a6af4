import type { FeedFile, FeedTokens } from '../feed.ts';
import { copyFromFolder } from './copy-from-folder.ts';
import { download, withoutQuery } from './download.ts';
import type { FeedSource } from './feed-source.ts';
import { AbsentError, FetchError } from './fetch-error.ts';

/** What tells one content of a file from another: where it came from, and what its server or folder calls it. */
export interface FileIdentity {
  from: string;
  tag: string | null;
  modified: string | null;
  /** What an index called it. */
  edition?: string;
}

export interface FileRequest {
  /** Where to put it. */
  path: string;
  /** The content that is there already. */
  known: FileIdentity | null;
  maximumBytes: number;
  seconds: number;
  signal?: AbortSignal;
  tokens?: FeedTokens;
}

export interface Fetched {
  /** Whether there is a new content at the path; if not, the known one is still right. */
  isNew: boolean;
  identity: FileIdentity;
}

/**
 * Fetches one file from its upstream or from the mirror, unless an index says that the known one is still right.
 * @returns null when it is nowhere and optional
 * @throws FetchError
 */
export async function fetchFile(source: FeedSource, file: FeedFile, wanted: FileRequest): Promise<Fetched | null> {
  const { edition } = file;
  if (edition && wanted.known?.edition === edition) return { isNew: false, identity: wanted.known };
  const fetched = await fetchFrom(source, file, wanted);
  return fetched && edition ? { ...fetched, identity: { ...fetched.identity, edition } } : fetched;
}

async function fetchFrom(source: FeedSource, file: FeedFile, wanted: FileRequest): Promise<Fetched | null> {
  if (source.kind === 'folder') return copyFromFolder(source.folder, file, wanted);
  const token = source.kind === 'upstream' ? tokenFor(file, wanted) : null;
  const urls = addressesOf(source, file);
  for (const url of urls) {
    const fetched = await download(url, { ...wanted, ...(token && { token }) });
    if (fetched) return fetched;
  }
  if (file.isOptional) return null;
  if (urls.length === 0) throw new AbsentError('nobody publishes it in this form; a mirror may have it');
  const Missing = source.kind === 'url' ? AbsentError : FetchError;
  throw new Missing(`not there: ${urls.map(withoutQuery).join(', ')}`);
}

function addressesOf(source: Exclude<FeedSource, { kind: 'folder' }>, file: FeedFile): string[] {
  if (source.kind === 'url') return file.mirrorPaths.map((path) => source.base + path);
  return file.upstream === null ? [] : [file.upstream];
}

function tokenFor({ token: giver }: FeedFile, { tokens }: FileRequest): string | null {
  if (giver === undefined) return null;
  const token = tokens?.[giver];
  if (!token) throw new FetchError(`${giver} asks for a token`);
  return token;
}
