import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSchemeName } from '@flotilla/engine/versions/schemes';
import { describe, expect, test } from 'vitest';
import type { Feed } from './feed.ts';
import { feedNames, feeds, isFeedName } from './feeds.ts';
import {
  advisoriesIn,
  filesAt,
  filesOf,
  filesWith,
  fixtureFiles,
  fixtureName,
  hasMirror,
  isArchive,
  mirror,
  mirrorOfLifecycles,
  parseAll,
  problemsIn,
  productsIn,
} from './testing/feed-fixtures.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** Feeds whose real data the mirror does not have. */
const notInMirror = new Set<string>([
  ...['osv-npm', 'osv-rubygems', 'osv-maven', 'osv-packagist', 'osv-nuget', 'osv-crates', 'osv-rocky'],
  ...['arch-security', 'cisa-vulnrichment', 'debian-security-tracker', 'epss', 'redhat-csaf-vex'],
  ...['osv-suse', 'osv-opensuse', 'amazon-linux-2', 'amazon-linux-2023', 'oracle-oval'],
  ...['vulncheck-nvd', 'vulncheck-kev'],
]);

describe.each(feedNames)('%s', (name) => {
  const feed: Feed = feeds[name];
  const isJson = fixtureName(name).endsWith('.json');

  test('keeps to the form that all feeds are brought to', async () => {
    const items = await parseAll(feed, fixtureFiles(name));
    const advisories = advisoriesIn(items);
    const products = productsIn(items);
    expect((feed.tells === 'advisories' ? advisories : products).length).toBeGreaterThan(0);
    expect((feed.tells === 'advisories' ? products : advisories).length).toBe(0);
    expect(new Set(advisories.map(({ id }) => id)).size).toBe(advisories.length);
    for (const { feed: from, id, vulnerabilities, affected } of advisories) {
      expect(from).toBe(name);
      expect(id).not.toBe('');
      expect(vulnerabilities).not.toEqual([]);
      for (const { key, scheme } of affected) {
        expect(key).toMatch(/^[a-z]+(?::[^:]+){1,3}$/);
        expect(isSchemeName(scheme)).toBe(true);
        expect(feed.scopes.length === 0 || feed.scopes.some((scope) => key.startsWith(scope))).toBe(true);
      }
    }
  });

  test('asks for files with safe names, over a safe way, from places inside of a mirror', async () => {
    const files = await filesOf(feed);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file.name).toMatch(/^[\w.-]+\.\w+$/);
      expect(file.upstream ?? 'https://').toMatch(/^https:\/\//);
      for (const path of file.mirrorPaths) expect(path).toMatch(/^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*$/);
    }
    expect(feed.schedule.everyMinutes).toBeGreaterThanOrEqual(15);
  });

  test.skipIf(!isJson && !isArchive(name)).each(['', '{', '{"a":', '[[['])(
    'damaged data (%j) end the reading',
    async (text) => {
      const path = join(temporaryFolder(), 'damaged');
      writeFileSync(path, text);
      await expect(parseAll(feed, isArchive(name) ? filesAt(path) : filesWith(text))).rejects.toThrow();
    },
  );

  test.skipIf(!isJson && !isArchive(name))('odd data are problems at most', async () => {
    for (const text of [
      '{}',
      '[]',
      '7',
      '{"a":{"b":{}}}',
      '{"__proto__":{"toString":1}}',
      '{"vulnerabilities":{"x":[]}}',
    ]) {
      const items = await parseAll(feed, filesWith(text));
      expect([...advisoriesIn(items), ...productsIn(items)]).toEqual([]);
      expect(problemsIn(items).every(({ problem }) => problem !== '')).toBe(true);
    }
  });

  if (!notInMirror.has(name)) {
    test.skipIf(!hasMirror)('finds its files in a mirror [needs ../shared]', async () => {
      const folder = feed.tells === 'advisories' ? mirror : mirrorOfLifecycles;
      for (const { mirrorPaths, isOptional } of await filesOf(feed)) {
        expect(isOptional || mirrorPaths.some((path) => existsSync(join(folder, path)))).toBe(true);
      }
    });
  }
});

test('names of feeds are known exactly', () => {
  expect(isFeedName('cisa-kev')).toBe(true);
  expect(isFeedName('toString')).toBe(false);
});
