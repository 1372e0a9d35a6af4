/**
 * The file of compiled advisories: blocks of JSON, one a key, then the directory of these blocks, a line for each
 * (`key`, offset and bytes, with tabs between), then the trailer in JSON, then the trailer's length in eight digits.
 */
export const FORMAT = 'flotilla compiled advisories 1';

/** Digits of the trailer's length, the last bytes of the file. */
export const LENGTH_DIGITS = 8;

export interface Trailer {
  format: typeof FORMAT;
  /** What it was made from. */
  files: readonly FileStamp[];
  /** Of the blocks and the directory. */
  bytes: number;
  crc32: number;
  directoryAt: number;
  scopes: readonly string[];
}

/** By what a changed file is told. */
export interface FileStamp {
  path: string;
  bytes: number;
  /** ISO 8601 */
  modified: string;
}

/** Under which a vulnerability's facts are in the directory; no key of statements begins so. */
export const factsKey = (vulnerability: string) => `=${vulnerability}`;
