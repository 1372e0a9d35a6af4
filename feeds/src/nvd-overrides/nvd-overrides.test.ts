import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import type { FeedFiles } from '../feed.ts';
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
import { nvdOverrides } from './nvd-overrides.ts';

const text = fixtureOf('nvd-overrides');
const affected = [
  { key: 'cpe:a:dovecot:dovecot', ranges: [{ introduced: '3.0', fixed: '3.1.0' }, { fixed: '2.4.0' }] },
  { key: 'cpe:a:open-xchange:dovecot', ranges: [{ introduced: '3.0', fixed: '3.1.0' }, { fixed: '2.4.0' }] },
];

/** An archive of files, by path. */
const archive = (files: Record<string, string>): FeedFiles => ({
  ...filesWith(''),
  has: (name) => name.endsWith('.tar'),
  async *openArchive() {
    for (const [name, text] of Object.entries(files)) yield { name, bytes: Buffer.from(text) };
  },
});

describe('overrides of NVD', () => {
  test('say which programs a vulnerability is in', async () => {
    const items = await parseAll(nvdOverrides, filesWith(text));
    expect(advisoriesIn(items)).toMatchObject([
      { id: 'CVE-2026-0394', affected, facts: { published: '2026-03-27T08:10:17.375Z' } },
    ]);
  });

  test('come in an archive, a file each', async () => {
    const folder = 'nvd-data-overrides-main';
    const files = { [`${folder}/README.md`]: 'words', [`${folder}/data/2026/CVE-2026-0394.json`]: text };
    const items = await parseAll(nvdOverrides, archive(files));
    expect(advisoriesIn(items)).toMatchObject([{ id: 'CVE-2026-0394', affected }]);
  });

  test('an archive without overrides, or with one cut short, ends the reading', async () => {
    await expect(parseAll(nvdOverrides, archive({ 'a/README.md': '' }))).rejects.toThrow('not one document');
    await expect(parseAll(nvdOverrides, archive({ 'a/data/2026/CVE-2026-1.json': '{' }))).rejects.toThrow();
  });

  test.skipIf(!hasMirror)('the real file is understood whole [needs ../shared]', async () => {
    const files = await mirrorFiles(nvdOverrides, mirror);
    if (!files) throw new Error('not there');
    const items = await parseAll(nvdOverrides, files);
    expect(advisoriesIn(items)).toHaveLength(12_834);
    expect(problemsIn(items)).toEqual([]);
  });
});
