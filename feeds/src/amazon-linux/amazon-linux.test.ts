import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { filesInUse } from '../feed-files.ts';
import { feedSource } from '../fetching/feed-source.ts';
import { advisoriesIn, filesOf, filesWith, fixtureFiles, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { updateFeed } from '../update-feed.ts';
import { amazonLinux2, amazonLinux2023 } from './amazon-linux.ts';

const fixture = async (feed: typeof amazonLinux2, name: string) => {
  const items = await parseAll(feed, fixtureFiles(name));
  return { items, byId: new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory])) };
};
const fixed = (key: string, version: string) => ({
  ...{ key, scheme: 'rpm', statement: 'ranges' },
  ranges: [{ fixed: version }],
});

describe('the updates of Amazon Linux', () => {
  test('one has the packages that are installed, and how severe Amazon calls it', async () => {
    const { byId, items } = await fixture(amazonLinux2, 'amazon-linux-2');
    expect(byId.get('ALAS2-2018-951')).toEqual({
      feed: 'amazon-linux-2',
      id: 'ALAS2-2018-951',
      vulnerabilities: ['CVE-2018-1000005', 'CVE-2018-1000007'],
      aliases: ['ALAS2-2018-951'],
      affected: [fixed('rpm:amzn-2:curl', '7.55.1-9.amzn2.0.1'), fixed('rpm:amzn-2:libcurl', '7.55.1-9.amzn2.0.1')],
      severity: { rating: 'important' },
    });
    expect(byId.get('ALAS2-2099-001')?.affected).toEqual([fixed('rpm:amzn-2:made-up', '1:1.0-1.amzn2')]);
    expect(byId.has('ALAS2-2099-002')).toBe(false);
    expect(problemsIn(items)).toEqual([{ record: 'update', problem: 'no id' }]);
  });

  test('a live patch is no kernel', async () => {
    const { byId } = await fixture(amazonLinux2023, 'amazon-linux-2023');
    expect(byId.get('ALAS2023-2099-003')?.affected).toEqual([fixed('rpm:amzn-2023:kernel', '6.1.61-85.141.amzn2023')]);
    expect(byId.get('ALAS2023-2023-126')?.affected.map(({ key }) => key)).toEqual([
      ...['rpm:amzn-2023:device-mapper-multipath', 'rpm:amzn-2023:kpartx'],
    ]);
  });

  test.each(['', '<updates>', '{}', '<updates><update></updates>'])(
    'damaged data (%j) end the reading',
    async (text) => {
      await expect(parseAll(amazonLinux2, filesWith(text))).rejects.toThrow();
    },
  );

  test('where a list of servers is none, nothing else is asked for', async () => {
    expect((await filesOf(amazonLinux2)).map(({ name }) => name)).toEqual(['core-mirror.list', 'extras-catalog.json']);
  });
});

describe('the repositories of Amazon Linux 2', () => {
  const list = 'https://cdn.amazonlinux.com/2/core/2.0/x86_64/abc\n';
  const packages = (name: string, version: string) =>
    `<updates><update type="security"><id>ALAS2-${name}</id><references><reference id="CVE-2099-1" type="cve"/></references>
    <pkglist><collection><package name="kernel" epoch="0" version="${version}" release="1.amzn2" arch="x86_64"/>
    <package name="bpftool" epoch="0" version="7" release="1" arch="x86_64"/></collection></pkglist></update></updates>`;

  function mirrorOf(repositories: Record<string, string>, sums: Record<string, string> = {}): string {
    const folder = temporaryFolder();
    const write = (path: string, content: string | Uint8Array) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    };
    for (const [path, updates] of Object.entries(repositories)) {
      const sum = sums[path] ?? createHash('sha256').update(updates).digest('hex');
      write(`amazon-linux/2/${path}/mirror.list`, list);
      write(
        `amazon-linux/2/${path}/repomd.xml`,
        `<repomd><data type="primary"><location href="p"/></data><data type="updateinfo">
        <open-checksum type="sha256">${sum}</open-checksum><location href="repodata/updateinfo.xml.gz"/></data></repomd>`,
      );
      write(`amazon-linux/2/${path}/updateinfo.xml.gz`, gzipSync(updates));
    }
    const topics = [{ n: 'kernel-5.10' }, { n: 'docker' }, { n: '../x' }, { n: 'livepatch' }];
    write('amazon-linux/2/extras-catalog.json', JSON.stringify({ topics }));
    return folder;
  }
  const update = (folder: string, cacheFolder: string) =>
    updateFeed('amazon-linux-2', { cacheFolder, source: feedSource(folder), now: new Date('2026-11-24T00:00:00Z') });

  test('one for a line of a program speaks of the versions of the line only', async () => {
    const folder = mirrorOf({ core: packages('CORE', '4.14.1'), 'extras/kernel-5.10': packages('K', '5.10.75') });
    const cache = temporaryFolder();
    expect((await update(folder, cache)).outcome).toBe('updated');
    expect((await update(folder, cache)).outcome).toBe('unchanged');
    const files = await filesInUse(cache, 'amazon-linux-2', amazonLinux2.limits);
    if (!files) throw new Error('nothing was fetched');
    const line = advisoriesIn(await parseAll(amazonLinux2, files)).find(({ id }) => id === 'ALAS2-K');
    expect(line?.affected.map(({ ranges }) => ranges[0])).toEqual([
      { introduced: '5.10', fixed: '5.10.75-1.amzn2' },
      { fixed: '7-1' },
    ]);
  });

  test('updates that are not what the index says change nothing', async () => {
    const folder = mirrorOf({ core: packages('CORE', '4.14.1') }, { core: '0'.repeat(64) });
    const { outcome, state } = await update(folder, temporaryFolder());
    expect([outcome, state.failure?.reason]).toEqual(['failed', 'core: its SHA-256 is not the published one']);
  });
});
