import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldCounts } from '../inventory/index.ts';
import { foldVulnerabilityCounts } from '../vulnerabilities/index.ts';
import { addFleet, addPerson, callAs } from './people.ts';
import { enrolAgent } from './test-agent.ts';
import { deb } from './test-host.ts';
import { buildDeb, upload } from './test-package.ts';
import { createTestServer, type TestServer } from './test-server.ts';

const NAME = 'flotilla-test-hello';
const FLEET = '/api/v1/fleet';
const OWN = '/api/v1/flotilla';

interface Ids {
  titleId: number;
  secretTitle: number;
  secretVersion: number;
  task: string;
  rollouts: number[];
}

/** Host 1 is in fleet 1, host 2 in fleet 2, host 3 in none; each of the fleets has a package of its own for the same title. */
describe('people with a role in some fleets', () => {
  let server: TestServer;
  let admin: string;
  let ids: Ids;
  const tokens: Record<string, string> = {};
  const endings: (() => Promise<void>)[] = [];

  const call = (
    who: string,
    { method, url, payload }: { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; url: string; payload?: object },
  ) => callAs(server, tokens[who] ?? null)(method, url, payload);
  const get = async (who: string, url: string) => {
    const { status, body } = await call(who, { method: 'GET', url });
    if (status !== 200) throw new Error(`${url} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const post = async (who: string, url: string, payload: object) => {
    const { status, body } = await call(who, { method: 'POST', url, payload });
    if (status >= 300) throw new Error(`${url} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const fold = async () => {
    await foldCounts(server.system);
    await foldVulnerabilityCounts(server.system);
  };
  const idOf = async (table: 'title' | 'version', name: string) =>
    (
      await server.system.db
        .selectFrom(`inventory.${table}`)
        .select('id')
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
    ).id;

  beforeAll(async () => {
    server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
    admin = await server.setUp();
    tokens.admin = admin;
    const asAdmin = callAs(server, admin);
    for (const name of ['One', 'Two']) await addFleet(asAdmin, name);
    for (const [index, fleet] of [1, 2, null].entries()) {
      const agent = await enrolAgent(server, `host-${index}`);
      await server.system.db
        .updateTable('hosts.host')
        .set({ fleet_id: fleet })
        .where('id', '=', agent.hostId)
        .execute();
      const own = fleet === 2 ? [deb('secret-of-two', '6.6.6')] : [];
      await agent.report({ deb_packages: [deb(NAME, '1.0'), ...own] });
    }
    for (const fleet of [1, 2]) {
      const file = await buildDeb(NAME, `1.${fleet}`);
      const { status } = await upload(server, admin, {
        file,
        name: `hello-${fleet}.deb`,
        fields: { fleet_id: `${fleet}` },
      });
      expect(status).toBe(200);
    }
    const maintaining = (id: number) => ({ id, role: 'maintainer' as const });
    tokens.one = (await addPerson(server, asAdmin, { name: 'one', fleets: [maintaining(1)] })).token;
    tokens.both = (await addPerson(server, asAdmin, { name: 'both', fleets: [1, 2].map(maintaining) })).token;
    tokens.watcher = (
      await addPerson(server, asAdmin, { name: 'watcher', fleets: [{ id: 1, role: 'observer' }] })
    ).token;
    const titleId = await idOf('title', NAME);
    const { task_id } = await post('admin', `${FLEET}/hosts/2/software/${titleId}/install`, {});
    const rollouts: number[] = [];
    for (const fleet_id of [1, 2]) {
      const { rollout } = await post('admin', `${OWN}/rollouts`, { title_id: titleId, fleet_id });
      rollouts.push(rollout.id);
    }
    const secretTitle = await idOf('title', 'secret-of-two');
    ids = { titleId, secretTitle, secretVersion: await idOf('version', 'secret-of-two'), task: task_id, rollouts };
    await fold();
  });
  afterAll(async () => {
    for (const cleanUp of endings.reverse()) await cleanUp();
  });

  test('see the software of their hosts, with the counts there', async () => {
    const seen = async (who: string, query = '') => {
      const { software_titles, count } = await get(who, `${FLEET}/software/titles?order_key=name${query}`);
      expect(count).toBe(software_titles.length);
      return software_titles.map((title: { name: string; hosts_count: number }) => [title.name, title.hosts_count]);
    };
    expect(await seen('one')).toEqual([[NAME, 1]]);
    expect(await seen('both')).toEqual([
      [NAME, 2],
      ['secret-of-two', 1],
    ]);
    expect(await seen('both', '&fleet_id=1')).toEqual([[NAME, 1]]);
    expect(await seen('admin')).toEqual([
      [NAME, 3],
      ['secret-of-two', 1],
    ]);
    expect(await seen('admin', '&fleet_id=0')).toEqual([[NAME, 1]]);
    expect((await get('both', `${FLEET}/os_versions`)).os_versions[0].hosts_count).toBe(2);
    expect((await get('one', `${FLEET}/software/count`)).count).toBe(1);
  });

  test('do not find what is in fleets of others', async () => {
    const { secretTitle, secretVersion, task, rollouts, titleId } = ids;
    const elsewhere = [
      `${FLEET}/software/titles?fleet_id=2`,
      `${FLEET}/software/versions?team_id=2`,
      `${FLEET}/vulnerabilities?fleet_id=2`,
      `${FLEET}/os_versions?fleet_id=2`,
      `${FLEET}/software/titles/${secretTitle}`,
      `${FLEET}/software/versions/${secretVersion}`,
      `${FLEET}/software/${secretVersion}`,
      `${FLEET}/software/titles/${titleId}/package?fleet_id=2`,
      `${FLEET}/hosts/2/software`,
      `${FLEET}/hosts/2/activities/upcoming`,
      `${OWN}/hosts/2/tasks`,
      `${OWN}/hosts/2/timeline`,
      `${OWN}/hosts/2/findings`,
      `${OWN}/tasks/${task}`,
      `${FLEET}/software/install/${task}/results`,
      `${FLEET}/fleets/2/policies`,
      `${FLEET}/teams/2/policies/count`,
      `${OWN}/library?fleet_id=2`,
      `${OWN}/rollouts/${rollouts[1]}`,
      `${OWN}/rollouts/${rollouts[1]}/hosts`,
    ];
    for (const url of elsewhere) {
      expect([url, (await call('one', { method: 'GET', url })).status]).toEqual([url, 404]);
      expect([url, (await call('both', { method: 'GET', url })).status]).toEqual([url, 200]);
    }
  });

  test('change only what is in their fleets, and observers nothing', async () => {
    const { titleId, rollouts, task } = ids;
    const install = (host: number) => `${FLEET}/hosts/${host}/software/${titleId}/install`;
    const policy = { name: 'P', query: 'SELECT 1' };
    const attempts: [string, 'POST' | 'DELETE' | 'PATCH', string, object, number][] = [
      ['one', 'POST', install(2), {}, 404],
      ['watcher', 'POST', install(1), {}, 403],
      ['one', 'POST', `${FLEET}/scripts/run`, { host_id: 2, script_contents: 'true' }, 404],
      ['one', 'DELETE', `${FLEET}/hosts/2/activities/upcoming/${task}`, {}, 404],
      ['one', 'DELETE', `${FLEET}/software/titles/${titleId}/available_for_install?fleet_id=2`, {}, 404],
      ['watcher', 'DELETE', `${FLEET}/software/titles/${titleId}/available_for_install?fleet_id=1`, {}, 403],
      ['one', 'POST', `${FLEET}/global/policies`, policy, 403],
      ['one', 'POST', `${FLEET}/fleets/2/policies`, policy, 404],
      ['watcher', 'POST', `${FLEET}/fleets/1/policies`, policy, 403],
      ['one', 'POST', `${OWN}/rollouts`, { title_id: titleId }, 422],
      ['one', 'POST', `${OWN}/rollouts`, { title_id: titleId, fleet_id: 2 }, 404],
      ['watcher', 'POST', `${OWN}/rollouts`, { title_id: titleId, fleet_id: 1 }, 403],
      ['one', 'POST', `${OWN}/rollouts/${rollouts[1]}/abort`, {}, 404],
      ['watcher', 'POST', `${OWN}/rollouts/${rollouts[0]}/abort`, {}, 403],
      ['both', 'POST', `${OWN}/stop`, {}, 403],
      ['both', 'PATCH', `${FLEET}/software/titles/${titleId}/name`, { name: 'x' }, 403],
    ];
    for (const [who, method, url, payload, status] of attempts) {
      expect([who, url, (await call(who, { method, url, payload })).status]).toEqual([who, url, status]);
    }
    const elsewhere = await upload(server, tokens.one ?? '', {
      file: await buildDeb('x', '1'),
      fields: { fleet_id: '2' },
    });
    expect(elsewhere.status).toBe(404);
  });

  test('have the library of their fleets', async () => {
    const files = async (who: string, query = '') => {
      const { library } = await get(who, `${OWN}/library${query}`);
      return library.flatMap((entry: { packages: { name: string }[] }) => entry.packages.map((one) => one.name));
    };
    expect(await files('one')).toEqual(['hello-1.deb']);
    expect(await files('both')).toEqual(['hello-2.deb', 'hello-1.deb']);
    expect(await files('admin', '?fleet_id=0')).toEqual([]);
    const of = (query: string) => get('one', `${FLEET}/software/titles?fleet_id=1&${query}`);
    expect((await of('package_name=hello-1.deb&platform=linux')).count).toBe(1);
    expect((await of('package_name=hello-2.deb')).count).toBe(0);
    expect((await of('platform=macos,windows')).count).toBe(0);
    expect((await of('self_service=true')).count).toBe(0);
    const { software_package } = (await of('available_for_install=true')).software_titles[0];
    expect(software_package.name).toBe('hello-1.deb');
  });

  test('read the policies of every host as inherited ones, counted on their hosts', async () => {
    const { policy } = await post('admin', `${FLEET}/global/policies`, {
      name: 'New enough',
      version_rule: { software_title_id: ids.titleId, minimum_version: '2.0' },
    });
    await post('one', `${FLEET}/team/1/policies`, { name: 'Own', query: 'SELECT 1' });
    const { policies, inherited_policies } = await get('one', `${FLEET}/fleets/1/policies`);
    expect(policies).toMatchObject([{ name: 'Own', fleet_id: 1, team_id: 1 }]);
    expect(inherited_policies).toMatchObject([{ name: 'New enough', failing_host_count: 1, fleet_id: null }]);
    expect((await get('both', `${FLEET}/global/policies/${policy.id}`)).policy.failing_host_count).toBe(2);
    expect((await get('admin', `/api/2022-04/fleet/policies`)).policies[0].failing_host_count).toBe(3);
    expect((await get('one', `${OWN}/policies`)).policies).toHaveLength(2);
    const { hosts, count } = await get('one', `${OWN}/policies/${policy.id}/hosts`);
    expect([count, hosts.map((host: { id: number }) => host.id)]).toEqual([1, [1]]);
    expect(
      (await call('one', { method: 'PATCH', url: `${FLEET}/global/policies/${policy.id}`, payload: { name: 'x' } }))
        .status,
    ).toBe(403);
  });

  test('see the rollouts of their fleets, and what is behind there', async () => {
    const seen = async (who: string) =>
      (await get(who, `${OWN}/rollouts`)).rollouts.map((one: { fleet_id: number; hosts_count: number }) => [
        one.fleet_id,
        one.hosts_count,
      ]);
    expect(await seen('one')).toEqual([[1, 1]]);
    expect(await seen('both')).toEqual([
      [2, 1],
      [1, 1],
    ]);
    const [behind] = (await get('one', `${OWN}/updates/behind`)).behind;
    expect(behind).toMatchObject({ hosts_count: 1, newest_version: '1.1' });
    const preview = await post('one', `${OWN}/rollouts/preview`, { title_id: ids.titleId, fleet_id: 1 });
    expect(preview).toMatchObject({ hosts_count: 1, version: '1.1' });
  });
});
