import { describe, expect, test } from 'vitest';
import { mirrorFiles } from '../mirror-files.ts';
import {
  advisoriesIn,
  filesOf,
  fixtureFiles,
  hasMirror,
  mirror,
  parseAll,
  problemsIn,
} from '../testing/feed-fixtures.ts';
import { alpineSecdb } from './alpine-secdb.ts';

const fixture = async () => {
  const items = await parseAll(alpineSecdb, fixtureFiles('alpine-secdb'));
  return { items, byId: new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory])) };
};
const affectedBy = async (id: string) => (await fixture()).byId.get(`v3.3/main/${id}`)?.affected;
const key = (name: string) => ({ key: `apk:alpine-3.3:${name}`, scheme: 'apk' });

describe('the lists of Alpine', () => {
  test('each vulnerability of a package has the version that it was fixed in', async () => {
    const { byId } = await fixture();
    expect(byId.get('v3.3/main/openssl/CVE-2019-1551')).toEqual({
      feed: 'alpine-secdb',
      id: 'v3.3/main/openssl/CVE-2019-1551',
      vulnerabilities: ['CVE-2019-1551'],
      aliases: [],
      affected: [{ ...key('openssl'), statement: 'ranges', ranges: [{ fixed: '1.1.1d-r3' }] }],
    });
  });

  test('what is listed under two versions was fixed in the later', async () => {
    expect(await affectedBy('busybox/CVE-2019-5747')).toMatchObject([{ ranges: [{ fixed: '1.30.1-r2' }] }]);
  });

  test('version 0 says that none is affected', async () => {
    expect(await affectedBy('made-up/CVE-2099-30001')).toEqual([
      { ...key('made-up'), statement: 'not_affected', ranges: [] },
    ]);
  });

  test('ids are found beside remarks, beside each other and with a wrong sign, and other ids too', async () => {
    const { byId } = await fixture();
    const idsOf = (name: string) =>
      [...byId.values()].filter(({ id }) => id.includes(name)).flatMap((x) => x.vulnerabilities);
    expect(idsOf('/tcpdump/')).toContain('CVE-2018-10103');
    expect(idsOf('/sdl2_image/')).toContain('CVE-2017-14440');
    expect(idsOf('/made-up/').sort()).toEqual([
      ...['CVE-2099-30001', 'CVE-2099-30002', 'CVE-2099-30003', 'GHSA-2099-aaaa-bbbb'],
    ]);
  });

  test('an entry without a name is a problem', async () => {
    expect(problemsIn((await fixture()).items)).toEqual([
      { record: 'v3.3/main entry 8', problem: 'no name of a package' },
    ]);
  });

  test('every release is asked for, and none need be there', async () => {
    const files = await filesOf(alpineSecdb);
    expect(files.every(({ isOptional }) => isOptional)).toBe(true);
    expect(files.map(({ upstream }) => upstream)).toContain('https://secdb.alpinelinux.org/v3.22/community.json');
  });

  test.skipIf(!hasMirror)('the real lists are understood whole [needs ../shared]', async () => {
    const files = await mirrorFiles(alpineSecdb, mirror);
    if (!files) throw new Error('no lists');
    const items = await parseAll(alpineSecdb, files);
    expect(problemsIn(items)).toEqual([]);
    const ofNewest = advisoriesIn(items).filter(({ id }) => id.startsWith('v3.11/'));
    expect(new Set(ofNewest.map(({ affected }) => affected[0]?.key)).size).toBe(260);
  });
});
