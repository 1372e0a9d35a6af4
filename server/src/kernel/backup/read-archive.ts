import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { extract } from 'tar-stream';
import { BackupError, MANIFEST, type Manifest, parseManifest, SEAL } from './manifest.ts';

export interface Entry {
  name: string;
  size: number;
  content: AsyncIterable<Buffer>;
}

/** The entries of a tar file in their order; the content of one must be read before the next comes. */
export async function* readEntries(file: string): AsyncGenerator<Entry> {
  const tar = extract();
  const source = createReadStream(file);
  source.on('error', (error) => tar.destroy(error));
  source.pipe(tar);
  try {
    for await (const entry of tar) {
      yield { name: entry.header.name, size: entry.header.size ?? 0, content: entry as AsyncIterable<Buffer> };
    }
  } finally {
    source.destroy();
  }
}

export async function contentOf({ content }: Entry): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * Reads the whole file and holds every byte against the manifest.
 * @throws BackupError when it is cut, altered or no backup
 */
export async function checkArchive(file: string): Promise<Manifest> {
  const found = new Map<string, string>();
  const texts = new Map<string, string>();
  try {
    for await (const { name, content } of readEntries(file)) {
      const hash = createHash('sha256');
      const kept: Buffer[] = [];
      for await (const piece of content) {
        hash.update(piece);
        if (name === MANIFEST || name === SEAL) kept.push(piece);
      }
      if (kept.length > 0) texts.set(name, Buffer.concat(kept).toString('utf8'));
      found.set(name, hash.digest('hex'));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupError(`There is no file ${file}`);
    throw new BackupError(`${file} cannot be read to its end, so it was cut or altered (${(error as Error).message})`);
  }
  const text = texts.get(MANIFEST);
  if (text === undefined || !texts.has(SEAL)) {
    throw new BackupError(`${file} is no whole backup: its end is missing. Take another copy of it`);
  }
  if (found.get(MANIFEST) !== texts.get(SEAL)?.trim()) throw altered(file, MANIFEST);
  const manifest = parseManifest(text);
  for (const { name, sha256 } of manifest.entries) if (found.get(name) !== sha256) throw altered(file, name);
  const extra = found.size - manifest.entries.length - 2;
  if (extra !== 0) throw altered(file, `${extra} entries that its manifest does not name`);
  return manifest;
}

const altered = (file: string, name: string) =>
  new BackupError(`${file} was altered: ${name} is not what the manifest says. Take another copy of it`);
