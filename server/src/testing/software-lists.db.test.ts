import type { Role } from '@flotilla/contract/accounts';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listTitlesWithPackages } from '../installation/list-library.ts';
import { foldCounts } from '../inventory/index.ts';
import { listVersions } from '../inventory/list-software.ts';
import type { Context } from '../kernel/context.ts';
import { ensureAudience } from '../kernel/counters/audience.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { foldVulnerabilityCounts, judgeWanted, storeFeed } from '../vulnerabilities/index.ts';
import { listVulnerabilities } from '../vulnerabilities/list-vulnerabilities.ts';
import { addFleet, callAs } from './people.ts';
import { deb, enrolHost, OS_DEBIAN } from './test-host.ts';
import { createTestServer, type TestServer } from './test-server.ts';

const FEED = 'debian-security-tracker';

const advisory = (cve: string, name: string, fixed?: string): Advisory => ({
  feed: FEED,
  id: `${cve} ${name}`,
  vulnerabilities: [cve],
  aliases: [],
  affected: [{ key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges: [fixed ? { fixed } : {}] }],
});

async function* items(advisories: Advisory[]) {
  for (const one of advisories) yield { advisory: one };
}

const HOSTS: { fleet: number | null; packages: [string, string][] }[] = [
  {
    fleet: 1,
    packages: [
      ['openssl', '3.0.11-1'],
      ['curl', '7.88-1'],
      ['bash', '5.2-1'],
      ['zlib', '1.2-1'],
    ],
  },
  {
    fleet: 1,
    packages: [
      ['openssl', '3.0.11-1'],
      ['curl', '7.90-1'],
      ['Ooze_x', '1-1'],
    ],
  },
  {
    fleet: 2,
    packages: [
      ['openssl', '3.0.13-1'],
      ['curl', '7.88-1'],
      ['zlib', '1.3-1'],
    ],
  },
  {
    fleet: null,
    packages: [
      ['openssl', '3.0.11-1'],
      ['bash', '5.1-1'],
    ],
  },
];

/** What each list is like, whoever reads it. */
interface List {
  read(ctx: Context, query: Record<string, unknown>): Promise<Read>;
  orders: string[];
  /** How the filters that this list has find what they should. */
  filters: Record<string, unknown>[];
}

interface Read {
  rows: { id: number | string; hosts_count: number }[];
  count: number;
  meta: { has_next_results: boolean; has_previous_results: boolean; next_cursor?: string };
}

const lists: Record<string, List> = {
  titles: {
    read: async (ctx, query) => {
      const { software_titles: rows, ...rest } = await listTitlesWithPackages(ctx, query);
      return { rows, ...rest };
    },
    orders: ['name', 'hosts_count', 'cisa_known_exploit', 'cvss_score', 'epss_probability', 'cve_published'],
    filters: [{ query: 'ssl' }, { query: 'O' }, { query: 'cve-2024-0001' }, { source: 'deb_packages' }],
  },
  versions: {
    read: async (ctx, query) => {
      const { software: rows, ...rest } = await listVersions(ctx, query);
      return { rows, ...rest };
    },
    orders: ['name', 'hosts_count', 'cisa_known_exploit', 'cvss_score', 'epss_probability', 'cve_published'],
    filters: [{ query: '7.8' }, { query: 'z' }, { query: 'CVE-2024-000' }, { source: 'deb_packages', query: 'a' }],
  },
  vulnerabilities: {
    read: async (ctx, query) => {
      const { vulnerabilities, ...rest } = await listVulnerabilities(ctx, query);
      return { rows: vulnerabilities.map(({ cve, hosts_count }) => ({ id: cve, hosts_count })), ...rest };
    },
    orders: ['cve', 'created_at', 'hosts_count', 'epss_probability'],
    filters: [{ query: '0001' }, { exploit: true }, { min_cvss_score: 7 }],
  },
};
const RISKS = [{ vulnerable: true }, { vulnerable: true, exploit: true }, { vulnerable: true, query: 'curl' }];

/** What a server does for a person with a role in some fleets, 0 being the hosts in none. */
async function asPersonOf({ system }: TestServer, fleets: number[], role: Role = 'maintainer'): Promise<Context> {
  const audienceId = await inTransaction(system, (tx) => ensureAudience(tx, fleets));
  const fleetRoles = new Map(fleets.map((id) => [id, role]));
  const about = { id: 1_000, name: 'Grace', email: 'grace@example.org', apiOnly: false, mustResetPassword: false };
  return { ...system, actor: { kind: 'person', ...about, role: null, fleetRoles, audienceId } };
}

describe('lists of software', () => {
  let server: TestServer;
  let people: Record<string, { ctx: Context; fleets: (number | null)[] | null }>;
  const endings: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
    const admin = callAs(server, await server.setUp());
    const [one, two] = [await addFleet(admin, 'One'), await addFleet(admin, 'Two')];
    expect([one, two]).toEqual([1, 2]);
    const arrivals = [advisory('CVE-2024-0001', 'openssl', '3.0.12-1'), advisory('CVE-2024-0002', 'curl', '7.90-1')];
    await storeFeed(server.system, FEED, items([...arrivals, advisory('CVE-2024-0003', 'curl')]));
    for (const [index, { fleet, packages }] of HOSTS.entries()) {
      const host = await enrolHost(server, `host ${index}`);
      await server.system.db
        .updateTable('hosts.host')
        .set({ fleet_id: fleet })
        .where('id', '=', index + 1)
        .execute();
      await host.report({ deb_packages: packages.map(([name, version]) => deb(name, version)) });
    }
    await judgeWanted(server.system);
    await sql`update vulnerabilities.vulnerability set exploited_since = '2024-01-01' where name = 'CVE-2024-0001'`.execute(
      server.system.db,
    );
    people = {
      everywhere: { ctx: server.system, fleets: null },
      'in fleet 1': { ctx: await asPersonOf(server, [1], 'observer'), fleets: [1] },
      'in fleet 2': { ctx: await asPersonOf(server, [2]), fleets: [2] },
      'in both': { ctx: await asPersonOf(server, [1, 2]), fleets: [1, 2] },
      'of no fleet': { ctx: await asPersonOf(server, [0]), fleets: [null] },
    };
    await foldCounts(server.system);
    await foldVulnerabilityCounts(server.system);
  });
  afterAll(async () => {
    for (const cleanUp of endings.reverse()) await cleanUp();
  });

  const of = (name: string) => {
    const person = people[name];
    if (!person) throw new Error(name);
    return person;
  };
  const names = ['everywhere', 'in fleet 1', 'in fleet 2', 'in both', 'of no fleet'];
  const cases = names.flatMap((who) =>
    Object.keys(lists).flatMap((list) => {
      const { filters, orders } = lists[list] as List;
      const all = [{}, ...filters, ...(list === 'vulnerabilities' ? [] : RISKS)];
      return all.flatMap((filter) => orders.map((order_key) => ({ who, list, filter, order_key })));
    }),
  );

  test.each(cases)('$list $who by $order_key with $filter: pages, cursors and the count agree', async (given) => {
    const { ctx } = of(given.who);
    const { read } = lists[given.list] as List;
    for (const order_direction of ['asc', 'desc']) {
      const query = { ...given.filter, order_key: given.order_key, order_direction };
      const whole = await read(ctx, { ...query, per_page: 100 });
      expect(whole.meta).toEqual({ has_next_results: false, has_previous_results: false });
      expect(whole.count).toBe(whole.rows.length);
      expect(whole.rows.every((row) => row.hosts_count > 0)).toBe(true);
      const paged: Read['rows'] = [];
      const walked: Read['rows'] = [];
      let cursor: string | undefined;
      for (let page = 0; page < whole.count; page += 1) {
        paged.push(...(await read(ctx, { ...query, per_page: 1, page })).rows);
        const next = await read(ctx, { ...query, per_page: 1, ...(cursor && { cursor }) });
        walked.push(...next.rows);
        expect([next.count, next.meta.has_next_results]).toEqual([whole.count, page + 1 < whole.count]);
        cursor = next.meta.next_cursor;
      }
      expect(paged).toEqual(whole.rows);
      expect(walked).toEqual(whole.rows);
      const beyond = await read(ctx, { ...query, page: 1000 });
      expect([beyond.rows, beyond.count]).toEqual([[], whole.count]);
    }
  });

  test.each(names)('%s the counts are those of the hosts there', async (who) => {
    const { ctx, fleets } = of(who);
    const there = HOSTS.filter(({ fleet }) => fleets === null || fleets.includes(fleet));
    const expected = new Map<string, number>();
    for (const { packages } of there) {
      for (const [name, version] of packages) {
        expected.set(`${name} ${version}`, (expected.get(`${name} ${version}`) ?? 0) + 1);
      }
    }
    const { software } = await listVersions(ctx, { per_page: 100 });
    expect(new Map(software.map((row) => [`${row.name} ${row.version}`, row.hosts_count]))).toEqual(expected);
  });

  test('filters by risk find what was found, and what is exploited comes first where that is asked', async () => {
    const { ctx } = of('in both');
    const named = async (query: object) =>
      (await listVersions(ctx, query)).software.map((row) => `${row.name} ${row.version}`);
    expect(await named({ vulnerable: true, order_key: 'name' })).toEqual([
      'curl 7.88-1',
      'curl 7.90-1',
      'openssl 3.0.11-1',
    ]);
    expect(await named({ vulnerable: true, exploit: true })).toEqual(['openssl 3.0.11-1']);
    expect(await named({ vulnerable: true, min_cvss_score: 7 })).toEqual([]);
    expect(await named({ query: 'cve-2024-0002' })).toEqual(['curl 7.88-1']);
    expect((await named({ query: 'o' })).toSorted()).toEqual(['Ooze_x 1-1', 'openssl 3.0.11-1', 'openssl 3.0.13-1']);
    const worst = await named({ order_key: 'cisa_known_exploit', order_direction: 'desc', per_page: 2 });
    expect(worst[0]).toBe('openssl 3.0.11-1');
    const titles = await listTitlesWithPackages(of('in fleet 2').ctx, { vulnerable: true });
    expect(titles.software_titles.map((title) => title.name)).toEqual(['curl']);
    const elsewhere = await listTitlesWithPackages(of('in fleet 2').ctx, { query: 'CVE-2024-0001' });
    expect(elsewhere.software_titles).toEqual([]);
  });

  test('a version that is safe in one distribution is vulnerable only while a host of the other has it', async () => {
    const ctx = server.system;
    const risky = async () =>
      (await listVersions(ctx, { vulnerable: true, query: 'twofold' })).software.map((row) => row.name);
    const bullseye = { ...OS_DEBIAN, version: '11 (bullseye)', major: '11', codename: 'bullseye' };
    const [old, current] = [await enrolHost(server, 'old', bullseye), await enrolHost(server, 'current')];
    await old.report({ deb_packages: [deb('twofold')] });
    await current.report({ deb_packages: [deb('twofold')] });
    await judgeWanted(ctx);
    await foldCounts(ctx);
    expect(await risky()).toEqual([]);
    await storeFeed(ctx, FEED, items([advisory('CVE-2024-0009', 'twofold')]));
    await judgeWanted(ctx);
    expect(await risky()).toEqual(['twofold']);
    server.clock.forward(4000);
    await current.report({ deb_packages: [] });
    await foldCounts(ctx);
    expect(await risky()).toEqual([]);
  });
});
