import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { feedSource } from '../fetching/feed-source.ts';
import { fetchFile } from '../fetching/fetch-file.ts';
import { advisoriesIn, filesOf, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { serve } from '../testing/web-server.ts';
import { updateFeed } from '../update-feed.ts';
import { vulncheckKev } from './vulncheck-kev.ts';
import { vulncheckNvd } from './vulncheck-nvd.ts';

test('only what NVD has no configurations for is taken from VulnCheck', async () => {
  const items = await parseAll(vulncheckNvd, fixtureFiles('vulncheck-nvd'));
  const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
  expect([...byId.keys()]).toEqual(['CVE-2024-23205', 'CVE-2099-50011']);
  // Systems go by their makers' data.
  expect(byId.get('CVE-2024-23205')?.affected).toEqual([]);
  expect(byId.get('CVE-2099-50011')?.affected).toMatchObject([
    { key: 'cpe:a:made_up:program', ranges: [{ fixed: '2.4' }] },
  ]);
  expect(problemsIn(items)).toEqual([{ record: 'nist-nvd2', problem: 'an entry without a record' }]);
});

test('each vulnerability that is used in attacks is told once, with no day to mend it by', async () => {
  const items = await parseAll(vulncheckKev, fixtureFiles('vulncheck-kev'));
  expect(advisoriesIn(items).map(({ id, exploitation }) => [id, exploitation])).toEqual([
    ['CVE-2099-60031', { since: '2026-10-06', due: null, inRansomware: true }],
    ['CVE-2099-60032', { since: '2026-10-06', due: null, inRansomware: true }],
  ]);
  expect(problemsIn(items).map(({ problem }) => problem)).toEqual(['no date when it was added', 'no CVE id']);
});

describe('the archive of VulnCheck', () => {
  const zip = readFileSync(new URL('../../fixtures/vulncheck-kev.zip', import.meta.url));
  const sha256 = createHash('sha256').update(zip).digest('hex');
  const mirrorOf = (index: object) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'vulncheck'));
    writeFileSync(join(folder, 'vulncheck/vulncheck-kev-backup.json'), JSON.stringify(index));
    writeFileSync(join(folder, 'vulncheck/vulncheck-kev.zip'), zip);
    return folder;
  };
  const update = (folder: string | undefined, cacheFolder = temporaryFolder()) =>
    updateFeed('vulncheck-kev', { cacheFolder, source: feedSource(folder), now: new Date('2026-11-24T00:00:00Z') });
  const url = 'https://vulncheck.example/archive.zip?signature=secret';

  test('a mirror that has it needs no token', async () => {
    const { state } = await update(mirrorOf({ data: [{ url, sha256 }] }));
    // A share of its records has problems on purpose.
    expect(state.failure).toBeNull();
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  test('one that is not what the index says changes nothing', async () => {
    const { outcome, state } = await update(mirrorOf({ data: [{ url, sha256: '0'.repeat(64) }] }));
    expect([outcome, state.failure?.reason]).toEqual(['failed', 'vulncheck-kev: its SHA-256 is not the published one']);
  });

  test('without a token its upstream is not asked', async () => {
    expect((await update(undefined)).state.failure?.reason).toBe('vulncheck asks for a token');
  });
});

test('a token goes to the server that it is for, and not where that leads', async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{}');
  });
  const meant = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: other }).end();
  });
  const [file] = await filesOf(vulncheckKev);
  if (!file) throw new Error('no file');
  const wanted = { path: join(temporaryFolder(), 'x'), known: null, maximumBytes: 1000, seconds: 10 };
  const tokens = { vulncheck: 'secret' };
  await fetchFile(feedSource(undefined), { ...file, upstream: `${meant}?a=1` }, { ...wanted, tokens });
  expect(seen).toEqual(['Bearer secret', undefined]);
});
