import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { feedSource } from '../fetching/feed-source.ts';
import { mirrorFiles } from '../mirror-files.ts';
import {
  advisoriesIn,
  filesWith,
  fixtureOf,
  hasMirror,
  mirror,
  parseAll,
  problemsIn,
} from '../testing/feed-fixtures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { serve } from '../testing/web-server.ts';
import { updateFeed } from '../update-feed.ts';
import { nvd } from './nvd.ts';

let folder: string;
let cacheFolder: string;
beforeEach(() => {
  folder = temporaryFolder();
  cacheFolder = temporaryFolder();
  mkdirSync(join(folder, 'nvd'));
});

const record = (id: string, lastModified: string, description: string) => ({
  cve: { id, lastModified, descriptions: [{ lang: 'en', value: description }] },
});
const document = (...vulnerabilities: object[]) =>
  JSON.stringify({ format: 'NVD_CVE', timestamp: '2026-08-21T00:00:00.000', vulnerabilities });

function publish(part: string, content: string, sha256 = createHash('sha256').update(content).digest('hex')): void {
  const path = join(folder, `nvd/nvdcve-2.0-${part}`);
  writeFileSync(`${path}.json.gz`, gzipSync(content));
  writeFileSync(`${path}.meta`, `lastModifiedDate:2026\r\nsize:1\r\nsha256:${sha256.toUpperCase()}\r\n`);
}

async function parseFolder() {
  const files = await mirrorFiles(nvd, folder);
  return files ? parseAll(nvd, files) : [];
}
const update = (source = folder) => updateFeed('nvd', { cacheFolder, now: new Date(0), source: feedSource(source) });

describe('what NVD says of a vulnerability', () => {
  test('the programs, the facts and a vector of each generation, its own before others', async () => {
    const items = await parseAll(nvd, filesWith(fixtureOf('nvd')));
    const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
    expect(byId.get('CVE-2024-0336')).toMatchObject({
      feed: 'nvd',
      vulnerabilities: ['CVE-2024-0336'],
      affected: [{ key: 'cpe:a:emta_grup:pdks', ranges: [{ introduced: '3.04', lastAffected: '3.04' }] }],
      facts: { published: '2024-06-03T13:59:25.851Z', description: expect.stringContaining('EMTA') },
      severity: { cvss4: expect.stringMatching(/^CVSS:4\.0\/AV:N/) },
    });
    expect(byId.get('CVE-2012-0010')?.severity).toEqual({ cvss2: 'AV:N/AC:M/Au:N/C:P/I:N/A:N' });
    expect(byId.get('CVE-2012-0010')?.affected[0]?.only?.runningOn?.[0]?.[0]?.key).toBe('cpe:o:microsoft:windows_xp');
    expect(byId.get('CVE-2021-0384')).toMatchObject({ affected: [], facts: { isRejected: true } });
    expect(items).toContainEqual({ published: '2024-10-24T22:13:24.000Z' });
  });

  test('that it is disputed', async () => {
    const cve = { ...record('CVE-2026-1000', '', 'x').cve, cveTags: [{ sourceIdentifier: 'nvd', tags: ['disputed'] }] };
    publish('2026', document({ cve }));
    expect(advisoriesIn(await parseFolder())).toMatchObject([{ facts: { isDisputed: true } }]);
  });
});

describe('the files of NVD', () => {
  test('of a record in a year and in the changes, the newer one counts, once', async () => {
    publish(
      '2025',
      document(
        record('CVE-2025-1000', '2026-08-01T00:00:00.000', 'old'),
        record('CVE-2025-1001', '2026-08-21T00:00:00.000', 'newest'),
      ),
    );
    publish(
      'modified',
      document(
        record('CVE-2025-1000', '2026-08-20T00:00:00.000', 'new'),
        record('CVE-2025-1001', '2026-08-20T00:00:00.000', 'late'),
        record('CVE-2026-1000', '2026-08-20T00:00:00.000', 'another'),
      ),
    );
    const said = advisoriesIn(await parseFolder()).map(({ id, facts }) => `${id} ${facts?.description}`);
    expect(said.sort()).toEqual(['CVE-2025-1000 new', 'CVE-2025-1001 newest', 'CVE-2026-1000 another']);
  });

  test('a file with another hash than the published one is not used', async () => {
    publish('2026', document(record('CVE-2026-1000', '', 'x')), 'ab'.repeat(32));
    expect(await update()).toMatchObject({
      outcome: 'failed',
      state: { failure: { reason: 'nvdcve-2.0-2026.json: its SHA-256 is not the published one' } },
    });
  });

  test('years may be missing, and one that goes is news', async () => {
    publish('2025', document(record('CVE-2025-1000', '', 'x')));
    publish('2026', document(record('CVE-2026-1000', '', 'x')));
    expect(await update()).toMatchObject({ outcome: 'updated', state: { delivery: { records: 2 } } });
    expect((await update()).outcome).toBe('unchanged');
    for (const kind of ['json.gz', 'meta']) rmSync(join(folder, `nvd/nvdcve-2.0-2025.${kind}`));
    expect(await update()).toMatchObject({ outcome: 'updated', state: { delivery: { records: 1 } } });
  });

  test('one whose description names the same content is not asked for again', async () => {
    const content = document(record('CVE-2026-1000', '', 'x'));
    const asked: string[] = [];
    const sha256 = createHash('sha256').update(content).digest('hex');
    const address = await serve(({ url = '' }, response) => {
      asked.push(url);
      if (url.endsWith('2026.meta')) response.end(`sha256:${sha256}`);
      else if (url.endsWith('2026.json.gz')) response.end(gzipSync(content));
      else response.writeHead(404).end();
    });
    expect((await update(address)).outcome).toBe('updated');
    asked.length = 0;
    expect((await update(address)).state.delivery?.records).toBe(1);
    expect(asked).toContain('/nvd/nvdcve-2.0-2026.meta');
    expect(asked).not.toContain('/nvd/nvdcve-2.0-2026.json.gz');
  });

  test.skipIf(!hasMirror)('the real files are understood but for names that are none [needs ../shared]', async () => {
    const files = await mirrorFiles(nvd, mirror);
    if (!files) throw new Error('not there');
    const only2024 = { ...files, has: (name: string) => name.includes('2024') };
    const items = await parseAll(nvd, only2024);
    expect(advisoriesIn(items)).toHaveLength(16_627);
    expect(problemsIn(items).length).toBeLessThan(100);
    for (const { problem } of problemsIn(items)) expect(problem).toMatch(/names no product|its version is a pattern/);
  });
});
