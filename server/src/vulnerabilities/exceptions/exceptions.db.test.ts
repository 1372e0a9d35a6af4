import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { foldCounts } from '../../inventory/index.ts';
import { addFleet, addPerson, callAs } from '../../testing/people.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer } from '../../testing/test-server.ts';
import { foldVulnerabilityCounts } from '../fold-counts.ts';
import { judgeWanted } from '../match-software.ts';
import { recountAll } from '../recount.ts';
import { storeFeed } from '../store-feed.ts';
import { settleExceptions } from './settle.ts';

const FEED = 'debian-security-tracker';
const PATH = '/api/v1/flotilla/exceptions';

async function* items(pairs: [string, string][]) {
  for (const [cve, name] of pairs) {
    const affected = { key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges: [{}] } as const;
    const advisory: Advisory = {
      ...{ feed: FEED, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [] },
      affected: [{ ...affected, ranges: [{}] }],
    };
    yield { advisory };
  }
}

/** Two hosts with openssl and curl: one flaw in both, one in curl alone. */
async function createScene() {
  const server = await createTestServer();
  const { system, clock } = server;
  const call = callAs(server, await server.setUp());
  await storeFeed(
    system,
    FEED,
    items([
      ['CVE-2024-0001', 'openssl'],
      ['CVE-2024-0001', 'curl'],
      ['CVE-2024-0002', 'curl'],
    ]),
  );
  const hosts = [await enrolHost(server, 'one'), await enrolHost(server, 'two')];
  for (const host of hosts) await host.report({ deb_packages: [deb('openssl'), deb('curl')] });
  await judgeWanted(system);
  const idOf = async (name: string): Promise<number> => (await call('GET', `/hosts/identifier/${name}`)).body.host.id;
  const titleOf = async (name: string): Promise<number> =>
    (await call('GET', `/software/titles?query=${name}`)).body.software_titles[0].id;
  /** Name, hosts that count, hosts that are accepted. */
  const counts = async (path = '/vulnerabilities?order_key=cve') => {
    expect(await recountAll(system)).toBe(0);
    await foldCounts(system);
    await foldVulnerabilityCounts(system);
    const { vulnerabilities } = (await call('GET', path)).body;
    return vulnerabilities.map((one: Record<string, unknown>) => [one.cve, one.hosts_count, one.accepted_hosts_count]);
  };
  const create = async (body: object) => {
    const answer = await call('POST', PATH, { status: 'accepted', reason: 'Not reachable', ...body });
    expect([answer.status, answer.body]).toMatchObject([200, {}]);
    return answer.body.exception;
  };
  await foldCounts(system);
  return { server, system, clock, call, hosts, idOf, titleOf, counts, create };
}

test('an accepted vulnerability counts no host until its time is over, and then it reopens by itself', async () => {
  const { system, clock, call, counts, create, idOf } = await createScene();
  const until = new Date(clock.now.getTime() + 3_600_000).toISOString();
  const made = await create({ cve: 'cve-2024-0001', until });
  expect(made).toMatchObject({ cve: 'CVE-2024-0001', state: 'active', scope: { kind: 'everything' }, until });
  expect(await counts()).toEqual([['CVE-2024-0002', 2, 0]]);
  const path = `/api/v1/flotilla/hosts/${await idOf('one')}/findings`;
  const { findings } = (await call('GET', path)).body;
  expect(findings).toMatchObject([
    { cve: 'CVE-2024-0002', exception: null },
    { cve: 'CVE-2024-0001', exception: { id: made.id, status: 'accepted', until }, due_at: null },
    { cve: 'CVE-2024-0001', exception: { id: made.id } },
  ]);
  expect((await call('GET', '/vulnerabilities/CVE-2024-0001')).body.vulnerability).toMatchObject({
    hosts_count: 0,
    accepted_hosts_count: 2,
  });
  clock.forward(3_601);
  await settleExceptions(system);
  expect(await counts()).toEqual([
    ['CVE-2024-0001', 2, 0],
    ['CVE-2024-0002', 2, 0],
  ]);
  const { exceptions, count } = (await call('GET', `${PATH}?state=ended&cve=CVE-2024-0001`)).body;
  expect([count, exceptions[0]]).toMatchObject([1, { id: made.id, ended_why: 'expired', ended_by: null }]);
  const { activities } = (await call('GET', '/activities?activity_type=ended_vulnerability_exception')).body;
  expect(activities).toMatchObject([
    { fleet_initiated: true, details: { cve: 'CVE-2024-0001', ended_why: 'expired' } },
  ]);
});

test('of software that is one carrier of two, an exception accepts no host; the preview says so before', async () => {
  const { counts, create, titleOf, call } = await createScene();
  const title_id = await titleOf('curl');
  const asked = await call('POST', `${PATH}/preview`, { cve: 'CVE-2024-0001', title_id });
  expect(asked.body).toEqual({ hosts_count: 2, remaining_hosts_count: 2, vulnerabilities_count: 1 });
  const made = await create({ title_id });
  expect(await counts()).toEqual([['CVE-2024-0001', 2, 0]]);
  const titles = (await call('GET', '/software/titles?vulnerable=true')).body.software_titles;
  expect(titles.map((title: { name: string }) => title.name)).toEqual(['openssl']);
  await create({ title_id: await titleOf('openssl') });
  expect(await counts()).toEqual([]);
  expect((await call('POST', `${PATH}/${made.id}/end`)).body.exception).toMatchObject({ ended_why: 'ended' });
  expect(await counts()).toEqual([
    ['CVE-2024-0001', 2, 0],
    ['CVE-2024-0002', 2, 0],
  ]);
  expect((await call('POST', `${PATH}/${made.id}/end`)).status).toBe(409);
});

test('an exception for a fleet, a host or a label is about the hosts that are in it, as they come and go', async () => {
  const { server, call, counts, create, idOf } = await createScene();
  const fleet = await addFleet(call, 'A');
  const [one, two] = [await idOf('one'), await idOf('two')];
  await create({ cve: 'CVE-2024-0001', fleet_id: fleet });
  expect(await counts()).toContainEqual(['CVE-2024-0001', 2, 0]);
  await call('POST', '/hosts/transfer', { hosts: [one], fleet_id: fleet });
  expect(await counts()).toContainEqual(['CVE-2024-0001', 1, 1]);
  const having = (await call('GET', '/hosts?vulnerability=CVE-2024-0001')).body.hosts;
  expect(having.map((host: { id: number }) => host.id)).toEqual([two]);
  await create({ cve: 'CVE-2024-0002', host_id: two });
  expect(await counts()).toContainEqual(['CVE-2024-0002', 1, 1]);
  await call('POST', '/labels', { name: 'Kiosks', hosts: [] });
  const label_id = (await call('GET', '/labels?query=Kiosks')).body.labels[0].id;
  await create({ cve: 'CVE-2024-0001', label_id });
  expect(await counts()).toContainEqual(['CVE-2024-0001', 1, 1]);
  await call('POST', `/hosts/${two}/labels`, { labels: ['Kiosks'] });
  expect(await counts('/vulnerabilities?order_key=cve')).toEqual([['CVE-2024-0002', 1, 1]]);
  expect((await call('DELETE', `/labels/id/${label_id}`)).status).toBe(409);
  await call('DELETE', `/hosts/${two}/labels`, { labels: ['Kiosks'] });
  expect(await counts()).toContainEqual(['CVE-2024-0001', 1, 1]);
  await call('DELETE', `/fleets/${fleet}`);
  await settleExceptions(server.system);
  expect(await counts()).toContainEqual(['CVE-2024-0001', 2, 0]);
  const { exceptions } = (await call('GET', `${PATH}?state=ended`)).body;
  expect(exceptions).toMatchObject([{ ended_why: 'scope_gone' }]);
});

test('software that comes, goes or is judged anew under an exception is counted as it says', async () => {
  const { server, system, hosts, counts, create, titleOf, clock } = await createScene();
  await create({ title_id: await titleOf('curl') });
  clock.forward(4_000);
  await hosts[0]?.report({ deb_packages: [deb('curl')] });
  expect(await counts()).toEqual([['CVE-2024-0001', 1, 1]]);
  await storeFeed(system, FEED, items([['CVE-2024-0003', 'curl']]));
  await judgeWanted(system);
  expect(await counts()).toEqual([]);
  await storeFeed(system, FEED, items([['CVE-2024-0003', 'openssl']]));
  await judgeWanted(system);
  expect(await counts()).toEqual([['CVE-2024-0003', 1, 0]]);
  const third = await enrolHost(server, 'three');
  await third.report({ deb_packages: [deb('openssl')] });
  expect(await counts()).toEqual([['CVE-2024-0003', 2, 0]]);
});

test('what begins later waits for its time, and what does not go together is refused with the reason', async () => {
  const { system, clock, call, counts, create, titleOf } = await createScene();
  const since = new Date(clock.now.getTime() + 3_600_000).toISOString();
  expect(await create({ cve: 'CVE-2024-0001', since })).toMatchObject({ state: 'planned' });
  expect(await counts()).toContainEqual(['CVE-2024-0001', 2, 0]);
  clock.forward(3_600);
  await settleExceptions(system);
  expect(await counts()).toEqual([['CVE-2024-0002', 2, 0]]);
  const title_id = await titleOf('curl');
  for (const [body, status, field] of [
    [{}, 422, 'cve'],
    [{ cve: 'CVE-1999-0001' }, 404, 'base'],
    [{ title_id: 99_999 }, 404, 'base'],
    [{ title_id, version_id: 1 }, 422, 'version_id'],
    [{ title_id, fleet_id: 0, host_id: 1 }, 422, 'fleet_id'],
    [{ title_id, until: '2026-01-01T00:00:00Z' }, 422, 'until'],
    [{ title_id, status: 'not_affected' }, 422, 'justification'],
    [{ title_id, justification: 'component_not_present' }, 422, 'justification'],
    [{ title_id, owner_id: 99_999 }, 422, 'owner_id'],
    [{ title_id, label_id: 99_999 }, 404, 'base'],
  ] as const) {
    const answer = await call('POST', PATH, { status: 'accepted', reason: 'x', ...body });
    expect([body, answer.status, answer.body?.errors?.[0]?.name]).toEqual([body, status, field]);
  }
});

test('whoever answers for one fleet writes exceptions for it alone, and sees those for all', async () => {
  const { server, call, create } = await createScene();
  const fleet = await addFleet(call, 'A');
  const other = await addFleet(call, 'B');
  const bo = await addPerson(server, call, { name: 'bo', fleets: [{ id: fleet, role: 'maintainer' }] });
  const ask = (body: object) =>
    bo.call('POST', PATH, { cve: 'CVE-2024-0001', status: 'accepted', reason: 'x', ...body });
  expect((await ask({})).status).toBe(403);
  expect((await ask({ fleet_id: other })).status).toBe(404);
  const made = await ask({ fleet_id: fleet });
  expect(made.body.exception).toMatchObject({ owner: { name: 'bo' }, scope: { kind: 'fleet', name: 'A' } });
  const all = await create({ cve: 'CVE-2024-0002' });
  const theirs = await create({ cve: 'CVE-2024-0002', fleet_id: other });
  const { exceptions } = (await bo.call('GET', PATH)).body;
  expect(exceptions.map((one: { id: number }) => one.id)).toEqual([all.id, made.body.exception.id]);
  expect((await bo.call('POST', `${PATH}/${all.id}/end`)).status).toBe(403);
  expect((await bo.call('POST', `${PATH}/${theirs.id}/end`)).status).toBe(404);
  const changed = await bo.call('PATCH', `${PATH}/${made.body.exception.id}`, { reason: 'Another', until: null });
  expect(changed.body.exception).toMatchObject({ reason: 'Another', until: null });
  const first = (await call('GET', `${PATH}?per_page=2`)).body;
  const second = (await call('GET', `${PATH}?per_page=2&cursor=${first.meta.next_cursor}`)).body;
  expect([...first.exceptions, ...second.exceptions].map((one: { id: number }) => one.id)).toEqual([
    theirs.id,
    all.id,
    made.body.exception.id,
  ]);
});
