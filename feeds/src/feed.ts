import type { Advisory } from '@flotilla/engine/advisories/advisory';
import type { LifecycleProduct } from '@flotilla/engine/lifecycles/lifecycle';
import type { ArchiveEntry } from './archive/read-zip.ts';

/**
 * One source of vulnerability data, or of the ends of products: a folder here, a fixture, and a line in the registry. A feed
 * knows neither a database nor another feed.
 */
export interface Feed {
  /** For people. */
  title: string;
  /** What its records are. */
  tells: 'advisories' | 'lifecycles';
  /**
   * How the keys begin under which its records are found, as `deb:debian-`: whoever has no such software needs it not. Empty:
   * it tells of what everybody has.
   */
  scopes: readonly string[];
  /** Whoever publishes it gives it to those only who show a token. */
  token?: FeedToken;
  /** How often to look whether there is something new. */
  schedule: { everyMinutes: number };
  limits: FeedLimits;
  /**
   * Asks for the files that the feed consists of, each by where it is upstream and where it may be in a mirror.
   * @throws what the fetcher throws: the feed is then as it was
   */
  fetch(fetcher: Fetcher): Promise<unknown>;
  /**
   * Reads fetched files, in memory that does not grow with them. A record that cannot be understood is a problem beside
   * the others.
   * @throws when a file is damaged as a whole: nothing read before may then be used
   */
  parse(files: FeedFiles): AsyncIterable<FeedItem>;
}

/** Who gives out tokens. */
export type FeedToken = 'vulncheck';

/** Those that somebody has: secrets, which go to whoever gave them out and nowhere else. */
export type FeedTokens = Readonly<Partial<Record<FeedToken, string>>>;

export type FeedItem = { advisory: Advisory } | { product: LifecycleProduct } | RecordProblem | Publication;

/** A record, or a part of one, that could not be understood. */
export interface RecordProblem {
  record: string;
  problem: string;
}

/** When the upstream made the data, where the data say it; ISO 8601. */
export interface Publication {
  published: string;
}

export interface FeedLimits {
  /** Of a file, uncompressed. */
  bytes: number;
  /** Of one record. */
  recordBytes: number;
  /** For fetching one file. */
  seconds: number;
}

export interface FeedFile {
  /** What it is called among the feed's files. */
  name: string;
  /** null: nobody publishes it, a mirror may have it. */
  upstream: string | null;
  /** Where it may be in a mirror; the first that is there counts. Each may be gzip, whatever it is called. */
  mirrorPaths: readonly string[];
  /** Whoever publishes it, or a mirror, may be without it: one of many years. */
  isOptional?: true;
  /** What whoever publishes it wants to see; a mirror wants nothing. */
  token?: FeedToken;
  /** What an index says tells this content from others; content known to be of this edition is not asked for again. */
  edition?: string;
}

export interface Fetcher {
  /**
   * @returns whether it is there: always, unless it is optional
   * @throws FetchError
   */
  file(file: FeedFile): Promise<boolean>;
  /** The bytes of a file just asked for, uncompressed: of an index that tells which others there are. */
  open(name: string): AsyncIterable<Uint8Array>;
}

export interface FeedFiles {
  /** Whether an optional file was fetched. */
  has(name: string): boolean;
  /** The bytes of a fetched file, uncompressed. */
  open(name: string): AsyncIterable<Uint8Array>;
  /** The files inside of a fetched zip or tar, one by one, unpacked. */
  openArchive(name: string): AsyncIterable<ArchiveEntry>;
}
