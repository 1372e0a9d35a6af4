import { expect, test } from 'vitest';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer, read } from '../testing/test-server.ts';
import { recount } from './recount.ts';
import { allParts } from './sources.ts';

test('distinct software is discovered once, a change tells what a host had and has, and every answer is heard of', async () => {
  const server = await createTestServer();
  const heard = { discovered: 0, changes: [] as [number, number][], received: [] as string[] };
  server.domains.push({
    name: 'listening',
    transactionListeners: {
      async softwareDiscovered(_tx, _ctx, { softwareIds }) {
        heard.discovered += softwareIds.length;
      },
      async hostInventoryChanged(_tx, _ctx, { changes }) {
        heard.changes.push(...changes.map(({ before, after }): [number, number] => [before.size, after.size]));
      },
    },
    listeners: {
      async inventoryReceived(_ctx, { received }) {
        heard.received.push(...received.map(({ part, asked }) => `${part}:${asked}`));
      },
      async hostInventoryChanged() {
        throw new Error('a listener that fails stops nobody');
      },
    },
  });
  const tables = { deb_packages: [deb('bash'), deb('curl')] };
  const first = await enrolHost(server, 'one');
  await first.report(tables);
  await (await enrolHost(server, 'two')).report(tables);
  // Two packages, the system and its kernel, on both hosts.
  expect(heard.discovered).toBe(4);
  expect(heard.changes).toEqual([
    [0, 2],
    [2, 4],
    [0, 2],
    [2, 4],
  ]);
  // The test host has every table, those of Fleet's agent too.
  const parts = [...allParts('linux'), 'apk', 'go', 'npm', 'pacman', 'editor'];
  heard.received = [];
  server.clock.forward(4000);
  await first.report(tables);
  expect(heard.received.sort()).toEqual(parts.map((part) => `${part}:2`).sort());
});

test('a domain that refuses a change keeps all of it from being written, and osquery sends it again', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('bash')] });
  let refuse = true;
  server.domains.push({
    name: 'refusing',
    transactionListeners: {
      async hostInventoryChanged() {
        if (refuse) throw new Error('not now');
      },
    },
  });
  const name = 'fleet_detail_query_software_deb:1';
  const answer = { queries: { [name]: [deb('curl')] }, statuses: { [name]: 0 } };
  expect((await host.write(answer)).body).toHaveProperty('error');
  const names = async () =>
    (
      await read<{ software_titles: { name: string }[] }>(server, token, '/api/v1/fleet/software/titles')
    ).software_titles.map((title) => title.name);
  expect(await names()).toEqual(['bash']);
  expect(await recount(server.system, server.catalogue)).toEqual({ title: 0, version: 0 });
  refuse = false;
  expect((await host.write(answer)).body).toEqual({});
  expect(await names()).toEqual(['curl']);
});
