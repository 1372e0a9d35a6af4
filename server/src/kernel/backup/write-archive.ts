import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { MANIFEST, type Manifest, SEAL } from './manifest.ts';

/** A tar file that has its name only once it is whole. */
export interface ArchiveWriter {
  /** Entries come one after another, whoever adds them. */
  add(name: string, content: Buffer): Promise<void>;
  addFile(name: string, path: string): Promise<void>;
  /** @returns bytes of the file, which is durable now */
  finish(manifest: Omit<Manifest, 'entries'>): Promise<number>;
  /** Removes what was written. */
  abort(): Promise<void>;
}

/** @throws Error when the file cannot be made */
export async function createArchive(file: string): Promise<ArchiveWriter> {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  const tar = pack();
  const written = pipeline(tar, createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }));
  const failed = written.then(() => new Promise<never>(() => {}));
  failed.catch(() => {});
  const entries: Manifest['entries'] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(() => Promise.race([work(), failed]));
    last = turn.catch(() => {});
    return turn;
  };
  const add = (name: string, content: Buffer) =>
    inTurn(async () => {
      entries.push({ name, size: content.length, sha256: sha256(content) });
      await putBuffer(tar, name, content);
    });
  return {
    add,
    addFile: (name, path) => inTurn(async () => void entries.push(await putFile(tar, name, path))),
    async finish(manifest) {
      const text = Buffer.from(JSON.stringify({ ...manifest, entries: [...entries] }));
      await add(MANIFEST, text);
      await add(SEAL, Buffer.from(`${sha256(text)}\n`));
      tar.finalize();
      await written;
      await rename(partial, file);
      await syncFolder(dirname(file));
      return (await stat(file)).size;
    },
    async abort() {
      tar.destroy();
      await written.catch(() => {});
      await rm(partial, { force: true });
    },
  };
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const putBuffer = (tar: Pack, name: string, content: Buffer) =>
  new Promise<void>((resolve, reject) => {
    tar.entry({ name, mode: 0o600 }, content, (error) => (error ? reject(error) : resolve()));
  });

async function putFile(tar: Pack, name: string, path: string): Promise<Manifest['entries'][number]> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(path), measure, tar.entry({ name, size, mode: 0o600 }));
  return { name, size, sha256: hash.digest('hex') };
}

/** A renamed file is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
