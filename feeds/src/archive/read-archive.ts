import { open } from 'node:fs/promises';
import { readTar } from './read-tar.ts';
import { type ArchiveEntry, readZip } from './read-zip.ts';

/**
 * The files of an archive one by one; whether it is a zip or a tar its first bytes tell, and not its name.
 * @throws when it is neither, damaged, or unpacks to more than allowed
 */
export async function* readArchive(
  path: string,
  limits: { bytes: number; recordBytes: number },
): AsyncGenerator<ArchiveEntry> {
  yield* (await isZip(path)) ? readZip(path, limits) : readTar(path, limits);
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead) === 'PK';
  } finally {
    await file.close();
  }
}
