import type { Proposal } from '@flotilla/contract/updates';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { enrolAgent } from '../testing/test-agent.ts';
import { deb, enrolHost } from '../testing/test-host.ts';
import { addPackage } from '../testing/test-package.ts';
import { createTestServer, read } from '../testing/test-server.ts';
import { judgeWanted, storeFeed } from '../vulnerabilities/index.ts';

const FEED = 'debian-security-tracker';
const NAME = 'flotilla-test-hello';
const CVE = 'CVE-2024-0001';

function advisory(fixed: string | null): Advisory {
  const ranges = [fixed === null ? {} : { fixed }];
  const affected = { key: `deb:debian-12:${NAME}`, scheme: 'dpkg' as const, statement: 'ranges' as const, ranges };
  return { feed: FEED, id: CVE, vulnerabilities: [CVE], aliases: [], affected: [affected] };
}

async function createScene() {
  const server = await createTestServer();
  const token = await server.setUp();
  const headers = { authorization: `Bearer ${token}` };
  return {
    server,
    token,
    async arrive(fixed: string | null) {
      await storeFeed(
        server.system,
        FEED,
        (async function* () {
          yield { advisory: advisory(fixed) };
        })(),
      );
      await judgeWanted(server.system);
    },
    proposals: async () =>
      (await read<{ proposals: Proposal[] }>(server, token, `/api/v1/flotilla/vulnerabilities/${CVE}/updates`))
        .proposals,
    post: (url: string, payload: object) => server.app.inject({ method: 'POST', url, headers, payload }),
  };
}

test('a proposal says what is missing until a package clears the vulnerability from hosts with an agent', async () => {
  const { server, token, arrive, proposals, post } = await createScene();
  await (await enrolHost(server, 'plain')).report({ deb_packages: [deb(NAME, '1.0')] });
  await arrive('1.2');
  const base = { title: NAME, hosts_count: 1, fix_version: '1.2', rollout_id: null };
  expect(await proposals()).toMatchObject([
    { ...base, package: null, why_not: `No package of ${NAME} in the library: upload 1.2 or newer` },
  ]);
  await addPackage(server, token, { name: NAME, version: '0.9' });
  expect(await proposals()).toMatchObject([
    { package: null, why_not: 'The package 0.9 is not newer than what the hosts have: upload 1.2 or newer' },
  ]);
  const { title_id } = await addPackage(server, token, { name: NAME, version: '1.1' });
  expect(await proposals()).toMatchObject([{ package: null, why_not: 'The package 1.1 has the vulnerability too' }]);
  const refused = await post('/api/v1/flotilla/rollouts', { title_id, cve: CVE });
  expect(refused.json()).toMatchObject({ errors: [{ reason: 'The package 1.1 has the vulnerability too' }] });
  await addPackage(server, token, { name: NAME, version: '1.2' });
  expect(await proposals()).toMatchObject([
    {
      ...base,
      package: { version: '1.2' },
      why_not: 'No agent runs on any of the hosts: plain osquery cannot install',
    },
  ]);
  const agent = await enrolAgent(server, 'with-agent');
  await agent.report({ deb_packages: [deb(NAME, '1.0')] });
  await judgeWanted(server.system);
  expect(await proposals()).toMatchObject([{ hosts_count: 2, package: { version: '1.2' }, why_not: '' }]);
  const started = await post('/api/v1/flotilla/rollouts', { title_id, cve: CVE.toLowerCase() });
  expect(started.json()).toMatchObject({ rollout: { cve: CVE, version: '1.2', hosts_count: 1 } });
  expect(await proposals()).toMatchObject([{ rollout_id: 1 }]);
});

test('a title without a known fix gets no package proposed, and an unknown vulnerability is not found', async () => {
  const { server, arrive, proposals, token } = await createScene();
  await (await enrolHost(server, 'plain')).report({ deb_packages: [deb(NAME, '1.0')] });
  await arrive(null);
  expect(await proposals()).toMatchObject([
    { fix_version: null, why_not: `No package of ${NAME} in the library: the feeds name no version with a fix` },
  ]);
  const url = '/api/v1/flotilla/vulnerabilities/CVE-1999-0001/updates';
  const answer = await server.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
  expect(answer.statusCode).toBe(404);
});
