import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FetchError } from './fetch-error.ts';

export interface StoreOptions {
  path: string;
  maximumBytes: number;
  /** The bytes are gzip for the way only, and are stored without it. */
  isEncoded?: boolean;
  signal?: AbortSignal;
}

/**
 * Writes a stream to a file that is on disk when this resolves, and is not there when it fails.
 * @throws FetchError when there are more bytes than allowed, or the stream breaks off
 */
export async function storeStream(bytes: AsyncIterable<Uint8Array>, options: StoreOptions): Promise<void> {
  const { path, maximumBytes, isEncoded = false, signal } = options;
  const file = createWriteStream(path, { flush: true });
  const counted = limit(maximumBytes);
  try {
    const source = Readable.from(bytes, { objectMode: false });
    await (isEncoded
      ? pipeline(source, createGunzip(), counted, file, { signal })
      : pipeline(source, counted, file, { signal }));
  } catch (error) {
    await rm(path, { force: true });
    throw error instanceof FetchError ? error : new FetchError((error as Error).message, { cause: error });
  }
}

function limit(maximumBytes: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      total += chunk.length;
      if (total > maximumBytes) done(new FetchError(`it is larger than the ${maximumBytes} bytes allowed`));
      else done(null, chunk);
    },
  });
}
