import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BlobStore, BlobTooLarge, type ReceivedBlob } from './blob-store.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** Longer than an upload takes: another process may be receiving one. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** Blobs as files of a folder, below the first two digits of their hash. What an interrupted upload left is removed, a day later. */
export async function openFolderStore(folder: string): Promise<BlobStore> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  for (const name of await readdir(incoming)) await removeAbandoned(join(incoming, name));
  const place = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  return {
    async receive(stream, { mostBytes }) {
      const file = join(incoming, randomUUID());
      try {
        return await receive(stream, { file, mostBytes, place });
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
    async open(sha256) {
      if (!SHA256.test(sha256) || !existsSync(place(sha256))) return null;
      const { size } = await stat(place(sha256));
      return { stream: createReadStream(place(sha256)), size };
    },
    listBefore: (at) => listBefore(folder, at),
    async remove(sha256) {
      if (SHA256.test(sha256)) await rm(place(sha256), { force: true });
    },
  };
}

/** One of the folders at a time: their names are the first two digits of the hashes. */
async function* listBefore(folder: string, at: Date): AsyncGenerator<string[]> {
  const folders = (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
  for (const name of folders) {
    const hashes = (await readdir(join(folder, name))).filter((file) => SHA256.test(file)).sort();
    const stats = await Promise.all(hashes.map((file) => stat(join(folder, name, file))));
    const old = hashes.filter((_, index) => (stats[index]?.mtimeMs ?? Infinity) < at.getTime());
    if (old.length > 0) yield old;
  }
}

async function removeAbandoned(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found && found.mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(file, { force: true });
}

interface Receiving {
  file: string;
  mostBytes: number;
  place: (sha256: string) => string;
}

async function receive(stream: NodeJS.ReadableStream, { file, mostBytes, place }: Receiving): Promise<ReceivedBlob> {
  const sum = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > mostBytes) return done(new BlobTooLarge());
      sum.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(file, { mode: 0o600, flags: 'wx', flush: true }));
  const sha256 = sum.digest('hex');
  return {
    sha256,
    size,
    file,
    async keep() {
      const target = place(sha256);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(file, target);
      await syncFolder(dirname(target));
    },
    discard: () => rm(file, { force: true }),
  };
}

/** A renamed file is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
