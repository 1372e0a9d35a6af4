import type { ClosedFinding } from '@flotilla/contract/finding-life';
import type { Finding } from '@flotilla/contract/vulnerabilities';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { foldCounts } from '../../inventory/index.ts';
import { callAs } from '../../testing/people.ts';
import { enrolAgent } from '../../testing/test-agent.ts';
import { deb } from '../../testing/test-host.ts';
import { addPackage } from '../../testing/test-package.ts';
import { createTestServer, read } from '../../testing/test-server.ts';
import { judgeWanted } from '../match-software.ts';
import { storeFeed } from '../store-feed.ts';

const FEED = 'debian-security-tracker';
const NAME = 'flotilla-test-hello';

const advisory = (cve: string, fixed: string | null): Advisory => ({
  ...{ feed: FEED, id: cve, vulnerabilities: [cve], aliases: [] },
  affected: [
    {
      ...{ key: `deb:debian-12:${NAME}`, scheme: 'dpkg', statement: 'ranges' },
      ranges: [fixed === null ? {} : { fixed }],
    },
  ],
});

/** Two hosts with an agent and two vulnerabilities, of which a package in the library ends one. */
async function createScene() {
  const server = await createTestServer();
  const token = await server.setUp();
  const agents = [await enrolAgent(server, 'one'), await enrolAgent(server, 'two')];
  for (const agent of agents) await agent.report({ deb_packages: [deb(NAME, '1.0')] });
  const store = async (advisories: Advisory[]) => {
    await storeFeed(
      server.system,
      FEED,
      (async function* () {
        for (const one of advisories) yield { advisory: one };
      })(),
    );
    await judgeWanted(server.system);
    await foldCounts(server.system);
  };
  await store([advisory('CVE-2024-0001', '1.1'), advisory('CVE-2024-0002', null)]);
  const { title_id } = await addPackage(server, token, { name: NAME, version: '1.1' });
  const get = <T>(path: string) => read<T>(server, token, `/api/v1/flotilla${path}`);
  const states = async (path: string) =>
    Object.fromEntries((await get<{ findings: Finding[] }>(path)).findings.map(({ cve, state }) => [cve, state]));
  return {
    ...{ server, agents, store, get, call: callAs(server, token), titleId: title_id },
    on: (host: number, query = '') => states(`/hosts/${host}/findings?${query}`),
    of: async (cve: string) => (await states(`/vulnerabilities/${cve}/findings`))[cve],
    closed: async (host: number) =>
      (await get<{ findings: ClosedFinding[] }>(`/hosts/${host}/findings/closed`)).findings,
  };
}

test('a rollout makes a finding planned on its hosts, then being fixed, then fixed as the inventory says', async () => {
  const { server, agents, call, titleId, on, of, closed } = await createScene();
  const open = { 'CVE-2024-0001': 'open', 'CVE-2024-0002': 'open' };
  expect(await on(1)).toEqual(open);
  const rollout = await call('POST', '/api/v1/flotilla/rollouts', { title_id: titleId });
  expect(rollout.status).toBe(200);
  // One host has a task, the other waits for the next ring. The package leaves the second vulnerability open.
  const planned = { ...open, 'CVE-2024-0001': 'planned' };
  expect([await on(1), await on(2)]).toEqual([planned, planned]);
  expect([await of('CVE-2024-0001'), await of('CVE-2024-0002')]).toEqual(['planned', 'open']);
  const runs = [await agents[0]?.accept(), await agents[1]?.accept()];
  const first = runs.findIndex((run) => run);
  const [agent, run] = [agents[first], runs[first]];
  if (!agent || !run) throw new Error('no host was offered anything');
  expect(await on(first + 1)).toEqual({ ...open, 'CVE-2024-0001': 'fixing' });
  expect(await on(2 - first)).toEqual(planned);
  expect(await of('CVE-2024-0001')).toBe('fixing');
  expect(await on(first + 1, 'state=fixing')).toEqual({ 'CVE-2024-0001': 'fixing' });
  await agent.finish(run);
  expect(await on(first + 1)).toEqual({ ...open, 'CVE-2024-0001': 'fixing' });
  server.clock.forward(61);
  await agent.report({ deb_packages: [deb(NAME, '1.1')] });
  await judgeWanted(server.system);
  expect(await on(first + 1)).toEqual({ 'CVE-2024-0002': 'open' });
  expect(await closed(first + 1)).toMatchObject([
    { cve: 'CVE-2024-0001', state: 'fixed', version: '1.0', installed_version: '1.1' },
  ]);
  expect(await closed(2 - first)).toEqual([]);
});

test('what an exception says is the state, and a finding that the feeds take back was not fixed', async () => {
  const { server, call, on, store, closed } = await createScene();
  await call('POST', '/api/v1/flotilla/exceptions', {
    ...{
      cve: 'CVE-2024-0002',
      status: 'not_affected',
      justification: 'component_not_present',
      reason: 'x',
      host_id: 1,
    },
  });
  expect(await on(1)).toEqual({ 'CVE-2024-0001': 'open', 'CVE-2024-0002': 'not_affected' });
  expect(await on(2)).toEqual({ 'CVE-2024-0001': 'open', 'CVE-2024-0002': 'open' });
  server.clock.forward(3700);
  await store([advisory('CVE-2024-0002', null)]);
  expect(await closed(2)).toMatchObject([{ cve: 'CVE-2024-0001', state: 'withdrawn', installed_version: '1.0' }]);
});
