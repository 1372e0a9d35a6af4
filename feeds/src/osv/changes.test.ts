import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { filesInUse } from '../feed-files.ts';
import { feedSource } from '../fetching/feed-source.ts';
import { advisoriesIn, parseAll } from '../testing/feed-fixtures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { serve } from '../testing/web-server.ts';
import { updateFeed } from '../update-feed.ts';
import { readChanges } from './changes.ts';
import { osvLanguages } from './languages.ts';

async function* bytes(text: string) {
  yield Buffer.from(text);
}

describe('a list of changes', () => {
  test('is read back to the day before the week of the newest', async () => {
    const lines = ['2026-08-21T20:38:00Z,GO-1', '2026-08-20T00:00:00.5Z,GO-2', '2026-08-19T12:00:00Z,GO-3'];
    const read = await readChanges(
      bytes([...lines, '2026-08-18T23:59:59Z,GO-4', '2020-01-01T00:00:00Z,GO-5'].join('\n')),
    );
    expect(read?.records.map(({ id }) => id)).toEqual(['GO-1', 'GO-2', 'GO-3']);
    expect(read?.edition).toBe('week 2955');
  });

  test.each(['', '{}', 'PK\u0003\u0004\nxx', `${'2026-08-21T20:38:00Z,GO-1\n'.repeat(301)}`])(
    'that is none, or too long, is not used (%#)',
    async (text) => {
      expect(await readChanges(bytes(text))).toBeNull();
    },
  );
});

describe('a feed with a list of changes', () => {
  const fixture = fileURLToPath(new URL('../../fixtures/osv-go.zip', import.meta.url));

  /** A bucket with the fixture as the archive of Go. */
  function bucket(records: Record<string, string>) {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'osv/Go'), { recursive: true });
    cpSync(fixture, join(folder, 'osv/Go/all.zip'));
    for (const [name, text] of Object.entries(records)) writeFileSync(join(folder, 'osv/Go', name), text);
    return folder;
  }
  const record = (id: string, cve: string) => JSON.stringify({ id, aliases: [cve], affected: [] });

  async function known(cache: string): Promise<Record<string, readonly string[]>> {
    const files = await filesInUse(cache, 'osv-go', osvLanguages['osv-go'].limits);
    if (!files) throw new Error('nothing in use');
    const advisories = advisoriesIn(await parseAll(osvLanguages['osv-go'], files));
    return Object.fromEntries(advisories.map(({ id, vulnerabilities }) => [id, vulnerabilities]));
  }

  test('asks for what changed only, while the archive is of the week', async () => {
    const folder = bucket({
      'modified_id.csv': '2026-08-20T12:00:00Z,GO-2020-0001\n2020-01-01T00:00:00Z,GO-2024-2687\n',
      'GO-2020-0001.json': record('GO-2020-0001', 'CVE-2099-0001'),
    });
    const asked: string[] = [];
    const base = await serve((request: IncomingMessage, response) => {
      const path = join(folder, String(request.url));
      asked.push(String(request.url).replace('/osv/Go/', ''));
      if (existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    });
    const cache = temporaryFolder();
    const update = (day: number) =>
      updateFeed('osv-go', { cacheFolder: cache, source: feedSource(base), now: new Date(Date.UTC(2026, 7, day)) });
    expect((await update(20)).state.failure).toBeNull();
    expect(await known(cache)).toMatchObject({ 'GO-2020-0001': ['CVE-2099-0001'] });
    expect(asked).toEqual(['modified_id.csv', 'GO-2020-0001.json', 'all.zip']);

    asked.length = 0;
    writeFileSync(
      join(folder, 'osv/Go/modified_id.csv'),
      '2026-08-21T12:00:00Z,GO-2026-9\n2026-08-20T12:00:00Z,GO-2020-0001\n',
    );
    writeFileSync(join(folder, 'osv/Go/GO-2026-9.json'), record('GO-2026-9', 'CVE-2099-0009'));
    expect((await update(21)).outcome).toBe('updated');
    expect(asked).toEqual(['modified_id.csv', 'GO-2026-9.json']);
    expect(await known(cache)).toEqual({
      'GO-2020-0001': ['CVE-2099-0001'],
      'GO-2026-9': ['CVE-2099-0009'],
      'GO-2024-2687': expect.any(Array),
      'GO-2023-2385': expect.any(Array),
    });
  });

  test('takes a new archive from a mirror that has no single records', async () => {
    const folder = bucket({ 'modified_id.csv': '2026-08-20T12:00:00Z,GO-2020-0001\n' });
    const cache = temporaryFolder();
    const update = () =>
      updateFeed('osv-go', { cacheFolder: cache, source: feedSource(folder), now: new Date('2026-08-21') });
    expect((await update()).outcome).toBe('updated');
    expect(Object.keys(await known(cache))).toHaveLength(3);
    writeFileSync(join(folder, 'osv/Go/all.zip'), 'no longer a zip');
    expect((await update()).outcome).toBe('failed');
  });
});
