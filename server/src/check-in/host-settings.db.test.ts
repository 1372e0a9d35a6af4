import { expect, test } from 'vitest';
import { enrolHost, OS_DEBIAN, post, tableOf } from '../testing/test-host.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

async function change(server: TestServer, token: string, { method, url, payload }: Change): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await server.app.inject({ method, url: `/api/v1/fleet/${url}`, headers, payload });
  expect([response.statusCode, response.body]).toEqual([200, expect.any(String)]);
}

interface Change {
  method: 'PATCH' | 'POST';
  url: string;
  payload: object;
}

/** A host without a fleet, and one in the fleet with the id 1. */
async function twoHosts() {
  const server = await createTestServer();
  const token = await server.setUp();
  const hosts = [await enrolHost(server, 'alone'), await enrolHost(server, 'member')] as const;
  for (const host of hosts) await host.report({ os_version: [OS_DEBIAN] });
  await change(server, token, { method: 'POST', url: 'fleets', payload: { name: 'Lab' } });
  await change(server, token, { method: 'POST', url: 'hosts/transfer', payload: { fleet_id: 1, hosts: [2] } });
  const isAsked = async (host: (typeof hosts)[number], ...tables: string[]) => {
    server.clock.forward(100_000);
    const asked: string[] = [];
    for (let queries = await host.read(); Object.keys(queries).length > 0; queries = await host.read()) {
      asked.push(...Object.values(queries).map(tableOf));
      const names = Object.keys(queries);
      await host.write({
        queries: Object.fromEntries(names.map((name) => [name, []])),
        statuses: Object.fromEntries(names.map((name) => [name, 0])),
      });
    }
    return tables.map((table) => asked.includes(table));
  };
  return { server, token, hosts, isAsked };
}

test('software is asked of no host for which it is switched off, by the server or by its fleet; the system is', async () => {
  const { server, token, hosts, isAsked } = await twoHosts();
  const [alone, member] = hosts;
  const tables = ['os_version', 'deb_packages', 'rpm_packages'];
  expect(await isAsked(alone, ...tables)).toEqual([true, true, true]);
  const features = { enable_software_inventory: false };
  await change(server, token, { method: 'PATCH', url: 'fleets/1', payload: { features } });
  expect([await isAsked(alone, ...tables), await isAsked(member, ...tables)]).toEqual([
    [true, true, true],
    [true, false, false],
  ]);
  await change(server, token, { method: 'PATCH', url: 'config', payload: { features } });
  expect(await isAsked(alone, ...tables)).toEqual([true, false, false]);
});

test('osquery is given the agent options of its fleet, or of the server, and those of its platform before the usual ones', async () => {
  const { server, token, hosts } = await twoHosts();
  const configOf = async ({ nodeKey }: { nodeKey: string }) =>
    (await post(server, '/api/osquery/config', { node_key: nodeKey })).body;
  const usual = { options: {}, schedule: {} };
  expect(await Promise.all(hosts.map(configOf))).toEqual([usual, usual]);
  const options = { logger_min_status: 1 };
  const agent_options = { config: { options } };
  await change(server, token, { method: 'PATCH', url: 'config', payload: { agent_options } });
  expect(await Promise.all(hosts.map(configOf))).toEqual([
    { ...usual, options },
    { ...usual, options },
  ]);
  const own = { config: { options }, overrides: { platforms: { linux: { decorators: { load: ['select 1'] } } } } };
  await change(server, token, { method: 'POST', url: 'fleets/1/agent_options', payload: own });
  expect(await Promise.all(hosts.map(configOf))).toEqual([
    { ...usual, options },
    { ...usual, decorators: { load: ['select 1'] } },
  ]);
});
