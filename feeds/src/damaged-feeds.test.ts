import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Feed } from './feed.ts';
import { filesInUse } from './feed-files.ts';
import { feedNames, feeds } from './feeds.ts';
import { filesOf, fixtureName, isArchive, parseAll } from './testing/feed-fixtures.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { updateFeed } from './update-feed.ts';

/** As its upstream gives it: a table would not tell where it was cut, so it comes packed. */
function bytesOf(name: string): Buffer {
  const bytes = readFileSync(fileURLToPath(new URL(`../fixtures/${fixtureName(name)}`, import.meta.url)));
  return fixtureName(name).endsWith('.csv') ? gzipSync(bytes) : bytes;
}

/** The end of a zip that has nothing in it. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
const EMPTY_TAR = Buffer.alloc(1024);

/** What can happen to a file on its way; each is told from the others by the name of the feed alone. */
const damages: [string, (bytes: Buffer, name: string) => Buffer][] = [
  ['cut in the middle', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))],
  ['with nothing in it', () => Buffer.alloc(0)],
  ['that is a page of a proxy', () => Buffer.from('<!doctype html><title>Sign in</title>')],
  ['of another form', (_bytes, name) => (isArchive(name) ? emptyArchive(name) : Buffer.from('{"a": {"b": {}}}\n'))],
];

const emptyArchive = (name: string) => (fixtureName(name).endsWith('.zip') ? EMPTY_ZIP : EMPTY_TAR);

/** An index names their documents, which the fixture does not have beside it; those of Amazon Linux have a test of their own. */
const withIndex = new Set<string>(['msrc', 'redhat-csaf-vex', 'amazon-linux-2', 'amazon-linux-2023']);

/** An index that comes before the data, which is not damaged here. */
const INDEX = /^(?:modified_id|timestamp)|-backup\.json$/;
const BACKUP = JSON.stringify({ data: [{ url: 'https://vulncheck.invalid/backup.zip' }] });

describe.each(feedNames.filter((name) => !withIndex.has(name)))('%s', (name) => {
  test.each(damages)('a file %s changes nothing, and a whole one is taken in again', async (_kind, damage) => {
    const feed: Feed = feeds[name];
    const mirror = temporaryFolder();
    const cacheFolder = temporaryFolder();
    const files = await filesOf(feed);
    const backup = files.find(({ name: one }) => one.endsWith('-backup.json'))?.mirrorPaths[0];
    const file = files.find(({ name: one }) => !INDEX.test(one));
    const path = join(mirror, file?.mirrorPaths[0] ?? String(backup).replace('-backup.json', '.zip'));
    mkdirSync(dirname(path), { recursive: true });
    if (backup) writeFileSync(join(mirror, backup), BACKUP);
    const put = (bytes: Uint8Array) => writeFileSync(path, bytes);
    const update = () => updateFeed(name, { cacheFolder, source: { kind: 'folder', folder: mirror }, now: new Date() });
    const inUse = async () => {
      const files = await filesInUse(cacheFolder, name, feed.limits);
      return files && parseAll(feed, files);
    };

    put(bytesOf(name));
    const first = await updateFeed(name, {
      ...{ cacheFolder, source: { kind: 'folder', folder: mirror }, now: new Date() },
      // Fixtures have damaged records on purpose, more than real data do.
      acceptHeld: true,
    });
    expect(first.outcome).toBe('updated');
    const before = await inUse();
    put(damage(bytesOf(name), name));
    const { outcome, state } = await update();
    expect(['failed', 'held']).toContain(outcome);
    expect((state.failure ?? state.held)?.reason).toMatch(/\w/);
    expect(state).toMatchObject({ generation: first.state.generation, delivery: first.state.delivery });
    expect(await inUse()).toEqual(before);

    put(bytesOf(name));
    const mended = await updateFeed(name, {
      ...{ cacheFolder, source: { kind: 'folder', folder: mirror }, now: new Date(), acceptHeld: true },
    });
    expect(mended.state).toMatchObject({ failure: null, held: null });
    expect(await inUse()).toEqual(before);
  });
});
