import { expect, test } from 'vitest';
import { foldCounts } from '../../inventory/index.ts';
import { addFleet, addPerson, callAs } from '../../testing/people.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read } from '../../testing/test-server.ts';
import { judgeWanted } from '../match-software.ts';
import { storeFeed } from '../store-feed.ts';

const path = '/api/v1/flotilla/data-health';

async function* openssl() {
  const affected = [
    { key: 'deb:debian-12:openssl', scheme: 'dpkg', statement: 'ranges', ranges: [{ fixed: '3.0.12-1' }] },
  ] as const;
  const cve = 'CVE-2024-0001';
  yield {
    advisory: {
      feed: 'debian-security-tracker',
      id: cve,
      vulnerabilities: [cve],
      aliases: [],
      affected: [...affected],
    },
  };
}

test('what waits, what cannot be judged and why, and whose report is held back are told, each fleet its own', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const admin = callAs(server, token);
  const empty = await read(server, token, path);
  expect(empty).toMatchObject({ judged_versions: 0, waiting_versions: 0, unjudged: [], is_settled: true });

  const host = await enrolHost(server, 'one');
  const many = Array.from({ length: 50 }, (_, i) => deb(`package-${i}`));
  await host.report({ deb_packages: many });
  await foldCounts(server.system);
  const before = await read<{ waiting_versions: number }>(server, token, path);
  expect(before).toMatchObject({ judged_versions: 0, is_settled: false });
  expect(before.waiting_versions).toBeGreaterThanOrEqual(50);

  await judgeWanted(server.system);
  const unjudged = await read<{ unjudged: { reason: string; versions: number; examples: object[] }[] }>(
    server,
    token,
    path,
  );
  expect(unjudged).toMatchObject({ waiting_versions: 0, is_settled: true, held_hosts_count: 0 });
  const ofFeeds = unjudged.unjudged.find(({ reason }) => reason === 'no_advisories');
  expect(ofFeeds?.versions).toBeGreaterThanOrEqual(50);
  expect(ofFeeds?.examples).toHaveLength(5);

  await storeFeed(server.system, 'debian-security-tracker', openssl());
  await judgeWanted(server.system);
  const judged = await read<{ judged_versions: number }>(server, token, path);
  expect(judged.judged_versions).toBeGreaterThanOrEqual(50);

  server.clock.forward(4000);
  await host.read();
  const name = 'fleet_detail_query_software_deb:2';
  await host.write({ queries: { [name]: [deb('package-1')] }, statuses: { [name]: 0 } });
  expect(await read(server, token, path)).toMatchObject({
    held_hosts_count: 1,
    held_hosts: [{ host_id: 1 }],
  });

  const fleet = await addFleet(admin, 'Elsewhere');
  const other = await addPerson(server, admin, { name: 'bo', fleets: [{ id: fleet, role: 'observer' }] });
  const { body } = await other.call('GET', path);
  expect(body).toMatchObject({ judged_versions: 0, unjudged: [], held_hosts_count: 0, held_hosts: [] });
});
