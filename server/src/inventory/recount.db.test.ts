import { expect, test } from 'vitest';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer, read } from '../testing/test-server.ts';
import { foldVulnerabilityCounts, recountAll } from '../vulnerabilities/index.ts';
import { foldCounts } from './fold-counts.ts';
import { checkSample, createCatalogue, recount } from './index.ts';

test('a count that went wrong is repaired once, however many look at it at the same time', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  for (const name of ['one', 'two']) await (await enrolHost(server, name)).report({ deb_packages: [deb('bash')] });
  await foldCounts(server.system);
  const { numUpdatedRows: wrong } = await server.system.db
    .updateTable('inventory.title_fleet')
    .set({ hosts: 7 })
    .executeTakeFirstOrThrow();
  const all = () => recount(server.system, createCatalogue());
  const drifts = await Promise.all([all(), checkSample(server.system), all(), checkSample(server.system)]);
  expect(drifts.reduce((sum, { title = 0 }) => sum + title, 0)).toBe(Number(wrong));
  const { software_titles } = await read<{ software_titles: { name: string; hosts_count: number }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles?query=bash',
  );
  expect(software_titles).toEqual([expect.objectContaining({ name: 'bash', hosts_count: 2 })]);
  await Promise.all([recountAll(server.system), recountAll(server.system)]);
  await foldVulnerabilityCounts(server.system);
  expect(await recountAll(server.system)).toBe(0);
});
