import { describe, expect, test } from 'vitest';
import { advisoriesIn, filesWith, fixtureOf, parseAll, problemsIn } from '../testing/feed-fixtures.ts';
import { debianSecurityTracker } from './debian-security-tracker.ts';
import { contextOfRelease } from './releases.ts';
import { type ReleaseEntry, toAffected } from './to-affected.ts';

describe('the Debian security tracker', () => {
  test('each entry becomes an advisory with a statement for each release', async () => {
    const items = await parseAll(debianSecurityTracker, filesWith(fixtureOf('debian-security-tracker')));
    const byId = new Map(advisoriesIn(items).map((advisory) => [advisory.id, advisory]));
    expect(byId.get('openssl/CVE-2026-28389')).toEqual({
      feed: 'debian-security-tracker',
      id: 'openssl/CVE-2026-28389',
      vulnerabilities: ['CVE-2026-28389'],
      aliases: [],
      affected: [
        {
          key: 'deb:debian-12:openssl',
          scheme: 'dpkg',
          statement: 'ranges',
          ranges: [{ fixed: '3.0.19-1~deb12u2' }],
          remark: undefined,
        },
      ],
      severity: { scope: 'remote' },
    });
    expect(byId.get('chromium/CVE-2022-0456')?.affected).toContainEqual(
      expect.objectContaining({ key: 'deb:debian-10:chromium', ranges: [{}], remark: 'end_of_life' }),
    );
    expect(byId.get('txt2man/CVE-2013-1444')?.severity).toEqual({ scope: 'local', rating: 'low' });
    expect(byId.get('chromium-browser/CVE-2022-0358')?.affected).toEqual([]);
    expect(byId.get('jq/TEMP-0000000-000000')?.affected.map((each) => each.key)).toEqual([
      'deb:debian-13:jq',
      'deb:debian-sid:jq',
      'deb:debian-forky:jq',
    ]);
    expect(problemsIn(items)).toEqual([
      { record: 'jq/TEMP-0000000-000000', problem: 'sid: resolved without a version' },
    ]);
  });

  test.each<[ReleaseEntry, object, string | null]>([
    [{ status: 'resolved', fixed_version: '1.1-1' }, { statement: 'ranges', ranges: [{ fixed: '1.1-1' }] }, null],
    [{ status: 'resolved', fixed_version: '0' }, { statement: 'not_affected', ranges: [] }, null],
    [{ status: 'open', urgency: 'unimportant' }, { ranges: [{}], remark: 'unimportant' }, null],
    [{ status: 'open', urgency: 'end-of-life' }, { ranges: [{}], remark: 'end_of_life' }, null],
    [{ status: 'open', nodsa: 'Minor issue', nodsa_reason: '' }, { ranges: [{}], remark: 'no_advisory' }, null],
    [{ status: 'open', nodsa: '', nodsa_reason: 'postponed' }, { ranges: [{}], remark: 'postponed' }, null],
    [{ status: 'open', nodsa: '', nodsa_reason: 'ignored' }, { ranges: [{}], remark: 'ignored' }, null],
    [{ status: 'undetermined' }, { statement: 'undetermined', ranges: [] }, null],
    [{ status: 'resolved' }, { statement: 'undetermined' }, 'resolved without a version'],
    [{ status: 'perhaps' }, { statement: 'undetermined' }, 'an unknown status'],
    [{}, { statement: 'undetermined' }, 'an unknown status'],
    [{ status: 'resolved', fixed_version: '1.0\0' }, { statement: 'undetermined' }, 'an odd version'],
    [{ status: 'resolved', fixed_version: 'v1_0' }, { ranges: [{ fixed: 'v1_0' }] }, null],
  ])('%j says %j', (entry, expected, problem) => {
    const said = toAffected('deb:debian-12:x', entry);
    expect(said.affected).toMatchObject(expected);
    expect(said.problem).toBe(problem);
  });

  test('what is no entry is a problem beside the others', async () => {
    const odd = {
      'a:b': { 'CVE-1': { releases: {} } },
      bash: {
        'CVE-1': 'x',
        'CVE-2': {},
        'CVE-3': { releases: { '../etc': {}, bookworm: 7 } },
        'CVE-4': { releases: [] },
      },
      curl: [],
      git: null,
      jq: { 'CVE-\0': { releases: {} } },
    };
    const items = await parseAll(debianSecurityTracker, filesWith(JSON.stringify(odd)));
    expect(problemsIn(items).map(({ record, problem }) => `${record}: ${problem}`)).toEqual([
      'a:b/CVE-1: no name of a source package',
      'bash/CVE-1: no object',
      'bash/CVE-2: no releases',
      'bash/CVE-3: ../etc: no release',
      'bash/CVE-3: bookworm: no release',
      'git/: no id of a vulnerability',
      'jq/CVE-\0: no id of a vulnerability',
    ]);
    expect(advisoriesIn(items).map(({ id }) => id)).toEqual(['bash/CVE-3', 'bash/CVE-4']);
  });

  test('code names stand for the contexts that hosts report', () => {
    expect(['bookworm', 'bullseye', 'sid', 'constructor', 'Bookworm', ''].map(contextOfRelease)).toEqual([
      ...['debian-12', 'debian-11', 'debian-sid', 'debian-constructor', null, null],
    ]);
  });
});
