import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { BlobTooLarge } from './blob-store.ts';
import { openFolderStore } from './folder-store.ts';

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const limits = { mostBytes: 1000 };
const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');

test('what was kept is read again by its hash, and only then', async () => {
  const store = await openFolderStore(temporary());
  const received = await store.receive(Readable.from([Buffer.from('hello '), Buffer.from('world')]), limits);
  expect(received).toMatchObject({ sha256: hashOf('hello world'), size: 11 });
  expect(await store.open(received.sha256)).toBeNull();
  await received.keep();
  await received.discard();
  const opened = await store.open(received.sha256);
  expect(opened?.size).toBe(11);
  expect(await text(opened?.stream ?? Readable.from([]))).toBe('hello world');
});

test('the same bytes twice are one blob', async () => {
  const folder = temporary();
  const store = await openFolderStore(folder);
  for (let time = 0; time < 2; time += 1) await (await store.receive(Readable.from([Buffer.from('x')]), limits)).keep();
  expect(readdirSync(join(folder, hashOf('x').slice(0, 2)))).toEqual([hashOf('x')]);
  expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
});

test('too many bytes, and a stream that breaks, leave nothing', async () => {
  const folder = temporary();
  const store = await openFolderStore(folder);
  await expect(store.receive(Readable.from([Buffer.alloc(1001)]), limits)).rejects.toThrow(BlobTooLarge);
  const broken = new Readable({
    read() {
      this.destroy(new Error('cut'));
    },
  });
  await expect(store.receive(broken, limits)).rejects.toThrow('cut');
  expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
});

test('what an interrupted upload left is gone a day later, one under way is left alone, and no name leads out of the folder', async () => {
  const folder = temporary();
  const store = await openFolderStore(folder);
  const { file } = await store.receive(Readable.from([Buffer.from('x')]), limits);
  await openFolderStore(folder);
  expect(existsSync(file)).toBe(true);
  utimesSync(file, 0, 0);
  const again = await openFolderStore(folder);
  expect(existsSync(file)).toBe(false);
  expect(await again.open('../../etc/passwd')).toBeNull();
});
