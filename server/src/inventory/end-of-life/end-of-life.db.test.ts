import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EndingVersion, EndOfLife } from '@flotilla/contract/end-of-life';
import { filesIn } from '@flotilla/feeds/feed-files';
import { feeds } from '@flotilla/feeds/feeds';
import { mirrorFiles } from '@flotilla/feeds/mirror-files';
import { expect, test } from 'vitest';
import { signIn } from '../../testing/people.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, PERSON, read, type TestServer } from '../../testing/test-server.ts';
import { readEndsOfLife } from './end-of-life.ts';
import { storeLifecycles } from './store-lifecycles.ts';

const { endoflife } = feeds;
const inFixtures = filesIn(fileURLToPath(new URL('../../../../feeds/fixtures/', import.meta.url)), endoflife.limits);
const fixture = () => ({ ...inFixtures, has: () => true, open: () => inFixtures.open('endoflife.json') });
/** Real data in upstream form, beside the checkout; not everywhere there. */
const catalogue = fileURLToPath(new URL('../../../../../shared/catalogue/', import.meta.url));

const tables = {
  deb_packages: [deb('bash'), deb('nodejs', '22.11.0-1nodesource1'), deb('postgresql-14', '14.15-1.pgdg120+1')],
};

interface Ending {
  count: number;
  versions: EndingVersion[];
}
const list = (server: TestServer, token: string, query = '') =>
  read<Ending>(server, token, `/api/v1/flotilla/end-of-life?${query}`);

test('versions on hosts are told when they end, whether they or the list of ends came first', async () => {
  const server = await createTestServer();
  server.clock.now = new Date('2026-11-01T12:00:00Z');
  const token = await signIn(server, PERSON.email);
  await (await enrolHost(server, 'one')).report({ deb_packages: tables.deb_packages.slice(0, 2) });
  expect(await list(server, token)).toMatchObject({ count: 0, data_stored_at: null });
  expect(await storeLifecycles(server.system, endoflife.parse(fixture()))).toBe(2);
  await (await enrolHost(server, 'two')).report(tables);

  expect((await list(server, token)).versions).toMatchObject([
    { name: 'Debian GNU/Linux', kind: 'os', hosts_count: 2, end_of_life: { cycle: '12', is_past: true } },
  ]);
  const soon = await list(server, token, 'within_days=30');
  expect(soon.versions.map((row) => [row.name, row.end_of_life.eol_date, row.end_of_life.is_past])).toEqual([
    ['Debian GNU/Linux', '2026-07-11', true],
    ['postgresql-14', '2026-11-12', false],
  ]);
  expect((await list(server, token, 'within_days=3650&kind=normal&query=node')).versions).toMatchObject([
    {
      name: 'nodejs',
      hosts_count: 2,
      end_of_life: { product: 'nodejs', cycle: '22', latest: '22.23.2', is_lts: true },
    },
  ]);
  expect(await list(server, token, 'within_days=30&per_page=1&page=1&fleet_id=0')).toMatchObject({
    count: 2,
    versions: [{ name: 'postgresql-14', hosts_count: 1 }],
    meta: { has_next_results: false, has_previous_results: true },
  });
});

test('versions and systems carry their end in their own answers; of what is not known they say null', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  await (await enrolHost(server, 'one')).report(tables);
  await storeLifecycles(server.system, endoflife.parse(fixture()));
  const { software } = await read<{ software: { id: number; name: string; end_of_life: EndOfLife | null }[] }>(
    server,
    token,
    '/api/v1/fleet/software/versions?order_key=name',
  );
  expect(software.map(({ name, end_of_life }) => [name, end_of_life?.cycle ?? null])).toEqual([
    ['bash', null],
    ['nodejs', '22'],
    ['postgresql-14', '14'],
  ]);
  const one = await read<{ software: { end_of_life: EndOfLife } }>(
    server,
    token,
    `/api/v1/fleet/software/versions/${software[1]?.id}`,
  );
  expect(one.software.end_of_life).toMatchObject({ product_name: 'Node.js', support_ends: '2025-10-21' });
  const systems = await read<{ os_versions: { end_of_life: EndOfLife }[] }>(server, token, '/api/v1/fleet/os_versions');
  const { host } = await read<{ host: { os_end_of_life: EndOfLife } }>(server, token, '/api/v1/fleet/hosts/1');
  expect(host.os_end_of_life).toEqual(systems.os_versions[0]?.end_of_life);
  expect(systems.os_versions[0]?.end_of_life).toMatchObject({ product: 'debian', extended_until: '2028-06-30' });
});

test('newer data take the place of the older: what they no longer know has no end', async () => {
  const server = await createTestServer();
  await (await enrolHost(server, 'one')).report(tables);
  await storeLifecycles(server.system, endoflife.parse(fixture()));
  async function* onlyDebian() {
    for await (const item of endoflife.parse(fixture())) {
      if ('product' in item && item.product.name === 'debian') yield item;
    }
  }
  expect(await storeLifecycles(server.system, onlyDebian())).toBe(1);
  const ids = (await server.system.db.selectFrom('inventory.version').select('id').execute()).map((row) => row.id);
  expect([...(await readEndsOfLife(server.system, ids)).values()]).toMatchObject([{ product: 'debian', cycle: '12' }]);
});

test.skipIf(!existsSync(catalogue))('the real list is stored and found again [needs ../shared]', async () => {
  const server = await createTestServer();
  await (await enrolHost(server, 'one')).report(tables);
  const files = await mirrorFiles(endoflife, catalogue);
  if (!files) throw new Error('the mirror has no ends of life');
  expect(await storeLifecycles(server.system, endoflife.parse(files))).toBe(3);
  const stored = await server.system.db
    .selectFrom('inventory.lifecycle_cycle')
    .select((select) => select.fn.countAll<number>().as('cycles'))
    .executeTakeFirstOrThrow();
  expect(stored.cycles).toBe(8_351);
});
