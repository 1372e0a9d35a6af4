import type { Readable } from 'node:stream';

/** Files by the SHA-256 of their bytes, written once and never changed. */
export interface BlobStore {
  /**
   * Takes a stream in, bounded, aside of what is stored.
   * @throws BlobTooLarge
   */
  receive(stream: NodeJS.ReadableStream, limits: { mostBytes: number }): Promise<ReceivedBlob>;
  /** Null when there is no such blob. */
  open(sha256: string): Promise<{ stream: Readable; size: number } | null>;
  /** The hashes of blobs that were stored before `at`, some hundred at a time. */
  listBefore(at: Date): AsyncGenerator<string[]>;
  /** Forgets a blob that nothing refers to any more. */
  remove(sha256: string): Promise<void>;
}

/** Bytes that were taken in whole but are not stored yet. */
export interface ReceivedBlob {
  sha256: string;
  /** Bytes. */
  size: number;
  /** Where they can be read until they are kept or discarded. */
  file: string;
  /** Stores them, durable when it resolves. The same bytes again are one blob. */
  keep(): Promise<void>;
  /** Forgets them; does nothing once they are kept. */
  discard(): Promise<void>;
}

/** More bytes came than are allowed; what had come is gone. */
export class BlobTooLarge extends Error {}
