import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { cisaKev } from './cisa-kev/cisa-kev.ts';
import { filesInUse } from './feed-files.ts';
import { feedSource } from './fetching/feed-source.ts';
import { survey } from './survey.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { serve } from './testing/web-server.ts';
import { updateFeed } from './update-feed.ts';

let mirror: string;
let cacheFolder: string;
let day = 0;

beforeEach(() => {
  mirror = temporaryFolder();
  cacheFolder = temporaryFolder();
  mkdirSync(join(mirror, 'kev'));
});

const catalogue = (count: number, dateReleased = '2026-08-21T00:00:00Z') =>
  JSON.stringify({
    dateReleased,
    vulnerabilities: Array.from({ length: count }, (_, i) => ({
      cveID: `CVE-2026-${10_000 + i}`,
      dateAdded: '2026-01-01',
    })),
  });
const publish = (content: string | Uint8Array) =>
  writeFileSync(join(mirror, 'kev/known_exploited_vulnerabilities.json.gz'), content);
const update = (options: { acceptHeld?: boolean; source?: string } = {}) =>
  updateFeed('cisa-kev', {
    ...{ cacheFolder, now: new Date(Date.UTC(2026, 8, ++day)), source: feedSource(options.source ?? mirror) },
    acceptHeld: options.acceptHeld,
  });

async function countInUse(): Promise<number> {
  const files = await filesInUse(cacheFolder, 'cisa-kev', cisaKev.limits);
  return files ? (await survey(cisaKev, files)).ids.size : 0;
}

describe('updating a feed', () => {
  test('takes in what is new, and knows what is not', async () => {
    publish(gzipSync(catalogue(100)));
    const first = await update();
    expect(first).toMatchObject({
      outcome: 'updated',
      state: {
        delivery: { records: 100, problems: 0, published: '2026-08-21T00:00:00.000Z' },
        failure: null,
        held: null,
      },
    });
    const second = await update();
    expect(second.outcome).toBe('unchanged');
    expect(second.state.fetchedAt).toBe(first.state.fetchedAt);
    expect(Date.parse(String(second.state.verifiedAt))).toBeGreaterThan(Date.parse(String(first.state.verifiedAt)));
    publish(gzipSync(catalogue(101)));
    expect(await update()).toMatchObject({ outcome: 'updated', state: { delivery: { records: 101 } } });
    expect(await countInUse()).toBe(101);
    expect(readdirSync(join(cacheFolder, 'cisa-kev'))).toHaveLength(2);
  });

  test.each<[string, () => void, RegExp]>([
    ['a gzip cut short', () => publish(gzipSync(catalogue(200)).subarray(0, 500)), /unexpected end of file/],
    ['a document cut short', () => publish(catalogue(200).slice(0, -50)), /ends in its middle/],
    ['no file at all', () => rmSync(join(mirror, 'kev'), { recursive: true }), /the mirror has none of kev\//],
    ['an empty file', () => publish(''), /ends in its middle/],
    ['something else', () => publish('<html>'), /where it cannot be/],
  ])('%s is a failure that leaves the data in use', async (_case, damage, reason) => {
    publish(gzipSync(catalogue(100)));
    await update();
    damage();
    const { outcome, state } = await update();
    expect(outcome).toBe('failed');
    expect(state.failure?.reason).toMatch(reason);
    expect(state.delivery?.records).toBe(100);
    expect(await countInUse()).toBe(100);
    mkdirSync(join(mirror, 'kev'), { recursive: true });
    publish(gzipSync(catalogue(110)));
    expect(await update()).toMatchObject({ outcome: 'updated', state: { failure: null } });
  });

  test.each<[string, string, RegExp]>([
    ['without a record', catalogue(0), /not one record/],
    ['with most records gone', catalogue(40), /60 of 100 records are gone/],
    ['of an earlier day', catalogue(100, '2026-08-01T00:00:00Z'), /older/],
    ['much larger', catalogue(10_001), /it grew/],
  ])('data %s are held until a person accepts them', async (_case, text, reason) => {
    publish(catalogue(100));
    await update();
    publish(text);
    const { outcome, state } = await update();
    expect(outcome).toBe('held');
    expect(state.held?.reason).toMatch(reason);
    expect(await countInUse()).toBe(100);
    expect((await update()).outcome).toBe('held');
    expect(await update({ acceptHeld: true })).toMatchObject({ outcome: 'updated', state: { held: null } });
  });

  test('data held are forgotten when the upstream takes them back', async () => {
    const source = await serve((request, response) => {
      const [tag, text] = answers[0] ?? ['', ''];
      const isSame = request.headers['if-none-match'] === tag;
      response.writeHead(isSame ? 304 : 200, { etag: tag }).end(isSame ? undefined : text);
    });
    const answers: [string, string][] = [['"1"', catalogue(100)]];
    expect((await update({ source })).outcome).toBe('updated');
    answers[0] = ['"2"', catalogue(0)];
    expect((await update({ source })).outcome).toBe('held');
    answers[0] = ['"1"', catalogue(100)];
    expect(await update({ source })).toMatchObject({ outcome: 'unchanged', state: { held: null } });
  });

  test('where the data do not say when they were made, the server does', async () => {
    const modified = ['Fri, 21 Aug 2026 12:00:00 GMT', 'Thu, 20 Aug 2026 12:00:00 GMT'];
    const source = await serve((_request, response) => {
      response.setHeader('last-modified', String(modified.shift())).end(catalogue(100).replace('dateReleased', 'x'));
    });
    expect(await update({ source })).toMatchObject({ state: { delivery: { published: '2026-08-21T12:00:00.000Z' } } });
    expect(await update({ source })).toMatchObject({
      outcome: 'held',
      state: { held: { reason: expect.stringContaining('older') } },
    });
  });

  test('a cache that lost its files, or its state, is filled again', async () => {
    publish(catalogue(100));
    const { state } = await update();
    rmSync(join(cacheFolder, 'cisa-kev', String(state.generation)), { recursive: true });
    expect((await update()).outcome).toBe('updated');
    writeFileSync(join(cacheFolder, 'cisa-kev', 'state.json'), '{"gener');
    expect((await update()).outcome).toBe('updated');
    expect(await countInUse()).toBe(100);
  });

  test('a mirror behind an address is looked through in its order', async () => {
    const asked: string[] = [];
    const source = await serve((request, response) => {
      asked.push(String(request.url));
      if (request.url?.endsWith('.gz')) response.writeHead(404).end();
      else response.end(catalogue(3));
    });
    expect(await update({ source: `${source}feeds` })).toMatchObject({ outcome: 'updated' });
    const name = '/feeds/kev/known_exploited_vulnerabilities.json';
    expect(asked).toEqual([`${name}.gz`, name]);
  });
});

test.each([
  [undefined, { kind: 'upstream' }],
  ['', { kind: 'upstream' }],
  ['https://mirror.example/x', { kind: 'url', base: 'https://mirror.example/x/' }],
  ['file:///srv/feeds', { kind: 'folder', folder: '/srv/feeds' }],
  ['/srv/feeds/', { kind: 'folder', folder: '/srv/feeds' }],
])('the setting %j is a source', (text, source) => {
  expect(feedSource(text)).toEqual(source);
});

test('a mirror of another kind is refused', () => {
  expect(() => feedSource('ftp://mirror.example')).toThrow(/a mirror is a folder or http/);
});
