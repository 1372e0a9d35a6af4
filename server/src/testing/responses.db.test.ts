import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldCounts } from '../inventory/index.ts';
import { foldVulnerabilityCounts, judgeWanted, storeFeed } from '../vulnerabilities/index.ts';
import { addFleet, callAs } from './people.ts';
import { differences, parseEndpoints } from './response-shapes.ts';
import { enrolAgent } from './test-agent.ts';
import { deb } from './test-host.ts';
import { addPackage } from './test-package.ts';
import { createTestServer, type TestServer } from './test-server.ts';

const recorded = fileURLToPath(new URL('../../../../shared/contract/responses.txt', import.meta.url));
const isThere = existsSync(recorded);
const endpoints = isThere ? parseEndpoints(readFileSync(recorded, 'utf8')) : [];

/** Live queries, their reports and stored scripts are no part of the software area. */
const isOutside = (path: string) => /\/(reports|scripts)(\/|$)/.test(path);

/** What no feed tells is null, as the contract allows, though the recorded server knew it of everything. */
const MAY_BE_UNKNOWN =
  /\.(cvss_score|epss_probability|cve_published|cve_description|resolved_in_version|disk_encryption_enabled): null /;

/** The options that somebody had set for osquery there. */
const IS_CHOICE = /\.agent_options\.config\.options\./;

/** A built-in label. */
const ALL_HOSTS = 6;

const FEED = 'debian-security-tracker';
const CVE = 'CVE-2024-0001';
async function* findings() {
  const affected = [
    { key: 'deb:debian-12:openssl', scheme: 'dpkg', statement: 'ranges', ranges: [{ fixed: '3.0.13-1' }] },
  ] as const;
  yield { advisory: { feed: FEED, id: CVE, vulnerabilities: [CVE], aliases: [], affected: [...affected] } };
}

describe.skipIf(!isThere)('answers have the shapes recorded from Fleet [needs ../shared]', () => {
  let server: TestServer;
  let token: string;
  let titleId: number;
  let versionId: number;
  const endings: (() => Promise<void>)[] = [];

  const send = (method: 'GET' | 'POST', url: string, payload?: object) =>
    server.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) });
  const post = async (path: string, payload: object) => {
    const response = await send('POST', `/api/v1/fleet${path}`, payload);
    if (response.statusCode >= 300) throw new Error(`${path} answered ${response.statusCode}: ${response.body}`);
    return response.json();
  };

  beforeAll(async () => {
    server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
    token = await server.setUp();
    await storeFeed(server.system, FEED, findings());
    const fleetId = await addFleet(callAs(server, token), 'Design');
    for (const [index, fleet] of [fleetId, null].entries()) {
      const agent = await enrolAgent(server, `host-${index}`);
      await server.system.db
        .updateTable('hosts.host')
        .set({ fleet_id: fleet })
        .where('id', '=', agent.hostId)
        .execute();
      await agent.report({ deb_packages: [deb('openssl', '3.0.11-1'), deb('bash', '5.2-1')] });
    }
    await judgeWanted(server.system);
    ({ title_id: titleId } = await addPackage(server, token, { name: 'hello', version: '1.0' }));
    await post(`/hosts/1/software/${titleId}/install`, {});
    const policy = { query: 'SELECT 1', description: 'd', resolution: 'r' };
    await post('/global/policies', { name: 'Everywhere', ...policy });
    await post(`/fleets/${fleetId}/policies`, { name: 'Here', ...policy, software_title_id: titleId });
    await foldCounts(server.system);
    await foldVulnerabilityCounts(server.system);
    const rows = await server.system.db
      .selectFrom('inventory.version')
      .select('id')
      .where('name', '=', 'openssl')
      .execute();
    versionId = rows[0]?.id ?? 0;
  });
  afterAll(async () => {
    for (const cleanUp of endings.reverse()) await cleanUp();
  });

  const fill = (path: string) =>
    path
      .replace('/labels/{id}', `/labels/${ALL_HOSTS}`)
      .replace('/titles/{id}', `/titles/${titleId}`)
      .replace('/versions/{id}', `/versions/${versionId}`)
      .replace('{identifier}', 'host-0')
      .replace('{cve}', CVE)
      .replace('{id}', '1');

  test('all endpoints of the software area are served', async () => {
    const spec = (await server.app.inject('/api/openapi.json')).json<{ paths: Record<string, { get?: object }> }>();
    const anyName = (path: string) => path.replace(/\{\w+\}/g, '{}');
    const served = new Set(
      Object.keys(spec.paths)
        .filter((path) => spec.paths[path]?.get)
        .map(anyName),
    );
    const missing = endpoints.map(({ path }) => path).filter((path) => !served.has(anyName(path)));
    expect(missing.filter((path) => !isOutside(path))).toEqual([]);
  });

  test.each(endpoints.filter(({ path }) => !isOutside(path)))('$path', async ({ path, shape }) => {
    const response = await send('GET', fill(path));
    expect(response.statusCode, response.body).toBe(200);
    expect(
      differences(response.json(), shape).filter((one) => !MAY_BE_UNKNOWN.test(one) && !IS_CHOICE.test(one)),
    ).toEqual([]);
  });
});
