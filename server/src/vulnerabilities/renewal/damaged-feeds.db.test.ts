import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FeedState } from '@flotilla/contract/feeds';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { judgeWanted } from '../match-software.ts';
import { updateFeeds } from '../update-feeds.ts';

const packages = Array.from({ length: 60 }, (_, at) => `package-${at}`);
const cve = (at: number) => `CVE-2024-${1000 + at}`;

/** A tracker that says of each package of the host in which version its flaw is fixed. */
const tracker = (names: readonly string[], fixed: (at: number) => string) =>
  JSON.stringify(
    Object.fromEntries(
      names.map((name, at) => [
        name,
        { [cve(at)]: { releases: { bookworm: { status: 'resolved', fixed_version: fixed(at), urgency: 'low' } } } },
      ]),
    ),
  );
const good = tracker(packages, () => '2.0-1');

const kev = (count: number, day = '2026-08-21') =>
  JSON.stringify({
    dateReleased: `${day}T00:00:00.000Z`,
    vulnerabilities: Array.from({ length: count }, (_, at) => ({ cveID: cve(at), dateAdded: '2026-01-01' })),
  });
const epss = (count: number, day = '2026-08-21') =>
  ['#model_version:v2025.03.14,score_date:', day, 'T00:00:00+0000\ncve,epss,percentile\n']
    .concat(Array.from({ length: count }, (_, at) => `${cve(at)},0.5,0.9\n`))
    .join('');
const nvd = (count: number, day = '2026-08-21') =>
  JSON.stringify({
    format: 'NVD_CVE',
    version: '2.0',
    timestamp: `${day}T00:00:00.000`,
    vulnerabilities: Array.from({ length: count }, (_, at) => ({
      cve: {
        ...{ id: cve(at), published: '2024-01-01T00:00:00.000', lastModified: `${day}T00:00:00.000` },
        ...{ vulnStatus: 'Analyzed', descriptions: [{ lang: 'en', value: 'A flaw.' }], metrics: {} },
      },
    })),
  });

const places = {
  'debian-security-tracker': 'debian/tracker.json',
  'cisa-kev': 'kev/known_exploited_vulnerabilities.json',
  epss: 'epss/epss_scores-current.csv.gz',
  nvd: 'nvd/nvdcve-2.0-2024.json.gz',
} as const;

async function createScene() {
  const server = await createTestServer();
  const token = await server.setUp();
  await (await enrolHost(server, 'one')).report({ deb_packages: packages.map((name) => deb(name, '1.0-1')) });
  const mirror = join(server.system.config.dataDir, 'mirror');
  const put = (name: keyof typeof places, content: string | Buffer) => {
    mkdirSync(dirname(join(mirror, places[name])), { recursive: true });
    writeFileSync(
      join(mirror, places[name]),
      places[name].endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content,
    );
  };
  const update = async () => {
    await updateFeeds(server.system);
    await judgeWanted(server.system);
    const { feeds } = await read<{ feeds: FeedState[] }>(server, token, '/api/v1/flotilla/feeds');
    return (name: string) => feeds.find((feed) => feed.name === name);
  };
  await judgeWanted(server.system);
  put('debian-security-tracker', good);
  put('cisa-kev', kev(60));
  put('epss', epss(60));
  put('nvd', nvd(60));
  const state = await update();
  for (const name of Object.keys(places)) expect(state(name)).toMatchObject({ records: 60, failure: null, held: null });
  return { server, token, put, update };
}

/** Everything that is stored of advisories and findings, and when findings began. */
async function stored({ system }: TestServer): Promise<unknown> {
  const { rows } = await sql`
    select (select jsonb_agg(to_jsonb(one) order by one.software_id, one.vulnerability_id) from vulnerabilities.finding as one) as findings,
      (select count(*)::int from vulnerabilities.finding_past) as past,
      (select jsonb_agg(one.hash order by one.key_id, one.feed, one.advisory) from vulnerabilities.statement as one) as statements,
      (select jsonb_agg(one.hash order by one.vulnerability_id, one.feed) from vulnerabilities.told as one) as told,
      (select jsonb_agg(to_jsonb(one) order by one.vulnerability_id) from vulnerabilities.likelihood as one) as likelihoods`.execute(
    system.db,
  );
  return rows;
}

const half = (text: string) => text.slice(0, text.length / 2);
const cut = (text: string) => gzipSync(text).subarray(0, 60);
const PAGE = '<!doctype html><title>Sign in</title>';
const OTHER = '{"a": {"b": {}}}';

describe('damaged data of a feed', () => {
  test('change nothing that is stored, whatever the damage, and are told with the reason', async () => {
    const { server, put, update } = await createScene();
    const before = await stored(server);
    const damages: [keyof typeof places, string, string | Buffer][] = [
      ['debian-security-tracker', 'cut in the middle', half(good)],
      ['debian-security-tracker', 'a page', PAGE],
      ['debian-security-tracker', 'another form', OTHER],
      ['debian-security-tracker', 'empty', '{}'],
      ['debian-security-tracker', 'most records gone', tracker(packages.slice(0, 30), () => '2.0-1')],
      ['debian-security-tracker', 'ranges all changed', tracker(packages, () => '0.5-1')],
      [
        'debian-security-tracker',
        'half of the ranges changed',
        tracker(packages, (at) => (at % 2 ? '0.5-1' : '2.0-1')),
      ],
      [
        'debian-security-tracker',
        'a hundred times more',
        tracker(
          Array.from({ length: 6_100 }, (_, at) => `package-${at}`),
          () => '2.0-1',
        ),
      ],
      ['cisa-kev', 'cut in the middle', half(kev(60))],
      ['cisa-kev', 'another form', OTHER],
      ['cisa-kev', 'empty', kev(0)],
      ['cisa-kev', 'of an earlier day', kev(60, '2026-08-01')],
      ['cisa-kev', 'most records gone', kev(30)],
      ['cisa-kev', 'a hundred times more', kev(6_100)],
      ['epss', 'cut in the middle', cut(epss(60))],
      ['epss', 'a page', PAGE],
      ['epss', 'of an earlier day', epss(60, '2026-08-01')],
      ['epss', 'most records gone', epss(30)],
      ['nvd', 'cut in the middle', cut(nvd(60))],
      ['nvd', 'another form', OTHER],
      ['nvd', 'empty', nvd(0)],
      ['nvd', 'of an earlier day', nvd(60, '2026-08-01')],
      ['nvd', 'most records gone', nvd(30)],
    ];
    const whole = { 'debian-security-tracker': good, 'cisa-kev': kev(60), epss: epss(60), nvd: nvd(60) };
    for (const [name, kind, content] of damages) {
      put(name, content);
      const state = (await update())(name);
      expect([name, kind, (state?.failure ?? state?.held)?.reason]).toEqual([name, kind, expect.stringMatching(/\w/)]);
      expect([name, kind, state?.records]).toEqual([name, kind, 60]);
      expect([name, kind, await stored(server)]).toEqual([name, kind, before]);
      put(name, whole[name]);
    }
    const mended = await update();
    for (const name of Object.keys(places)) expect(mended(name)).toMatchObject({ failure: null, held: null });
    expect(await stored(server)).toEqual(before);
  });

  test('an archive that is damaged changes nothing', async () => {
    const server = await createTestServer();
    const token = await server.setUp();
    const fixture = readFileSync(
      fileURLToPath(import.meta.resolve('@flotilla/feeds/feeds')).replace('src/feeds.ts', 'fixtures/osv-pypi.zip'),
    );
    await (await enrolHost(server, 'one')).report({
      python_packages: [{ name: 'jinja2', version: '2.0', path: '/usr/lib/python3', author: '', summary: '' }],
    });
    await judgeWanted(server.system);
    const path = join(server.system.config.dataDir, 'mirror/osv/PyPI/all.zip');
    mkdirSync(dirname(path), { recursive: true });
    const update = async (bytes: Buffer) => {
      writeFileSync(path, bytes);
      await updateFeeds(server.system);
      await judgeWanted(server.system);
      const { feeds } = await read<{ feeds: FeedState[] }>(server, token, '/api/v1/flotilla/feeds');
      return feeds.find((feed) => feed.name === 'osv-pypi');
    };
    const first = await update(fixture);
    const before = await stored(server);
    for (const bytes of [fixture.subarray(0, 2000), Buffer.from(PAGE), Buffer.alloc(0)]) {
      const state = await update(bytes);
      expect(state?.failure?.reason).toMatch(/\w/);
      expect(state?.records).toBe(first?.records);
      expect(await stored(server)).toEqual(before);
    }
  });

  test('a record that cannot be read any more keeps what it said, and the others change', async () => {
    const { server, put, update } = await createScene();
    const text = tracker(packages, (at) => (at === 1 ? '3.0-1' : '2.0-1'));
    const damaged = JSON.parse(text) as Record<string, Record<string, unknown>>;
    damaged['package-0'] = { [cve(0)]: 7 };
    put('debian-security-tracker', JSON.stringify(damaged));
    expect((await update())('debian-security-tracker')).toMatchObject({ records: 59, problems: 1, held: null });
    const { rows } = await sql<{ name: string; fix: string }>`
      select vulnerability.name, finding.fix_version as fix from vulnerabilities.finding as finding
      join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
      where vulnerability.name in (${cve(0)}, ${cve(1)}) order by 1`.execute(server.system.db);
    expect(rows).toEqual([
      { name: cve(0), fix: '2.0-1' },
      { name: cve(1), fix: '3.0-1' },
    ]);
  });
});

test('a person may have held data used; it is written down, and what is not held cannot be accepted', async () => {
  const { server, token, put, update } = await createScene();
  const path = '/api/v1/flotilla/feeds/debian-security-tracker/accept';
  const accept = (url = path) =>
    server.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${token}` } });
  expect((await accept()).statusCode).toBe(409);
  expect((await accept('/api/v1/flotilla/feeds/nothing/accept')).statusCode).toBe(404);
  put(
    'debian-security-tracker',
    tracker(packages, () => '0.5-1'),
  );
  const held = (await update())('debian-security-tracker');
  expect(held?.held?.reason).toBe('it would close 60 of the 60 findings that rest on it');
  const answer = await accept();
  expect(answer.statusCode).toBe(200);
  expect(answer.json<{ feeds: FeedState[] }>().feeds.find(({ name }) => name === held?.name)).toMatchObject({
    held: null,
  });
  await judgeWanted(server.system);
  const { rows } = await sql<{ count: number }>`select count(*)::int from vulnerabilities.finding`.execute(
    server.system.db,
  );
  expect(rows).toEqual([{ count: 0 }]);
  const { activities } = await read<{ activities: { type: string; details: object }[] }>(
    server,
    token,
    '/api/v1/fleet/activities?order_key=id&order_direction=desc&per_page=1',
  );
  expect(activities).toMatchObject([
    { type: 'accepted_feed', details: { feed_name: 'debian-security-tracker', reason: held?.held?.reason } },
  ]);
});
