import { expect, test } from 'vitest';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read } from '../../testing/test-server.ts';
import { judgeWanted } from '../match-software.ts';
import { storeFeed } from '../store-feed.ts';
import { notePoints } from './points.ts';

const FEED = 'debian-security-tracker';

test('exposure is written down each hour with what moved it, and a vulnerability keeps its peak and its end', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const arrive = async (names: string[]) => {
    async function* items() {
      for (const name of names) {
        const ranges = [{ fixed: '3.0-1' }];
        const affected = [{ key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges } as const];
        yield { advisory: { feed: FEED, id: name, vulnerabilities: ['CVE-2024-0001'], aliases: [], affected } };
      }
    }
    await storeFeed(server.system, FEED, items());
    await judgeWanted(server.system);
  };
  interface Exposure {
    score: number;
    points: { score: number; by_reason: object }[];
  }
  const exposure = async (): Promise<Exposure> => {
    await read(server, token, '/api/v1/fleet/vulnerabilities');
    await notePoints(server.system);
    return read(server, token, '/api/v1/flotilla/exposure');
  };
  const hosts = [await enrolHost(server, 'one'), await enrolHost(server, 'two')];
  const report = async (version: string) => {
    server.clock.forward(4000);
    for (const host of hosts) await host.report({ deb_packages: [deb('curl', version)] });
    await judgeWanted(server.system);
  };
  await report('1.0-1');
  await arrive(['curl']);
  const first = await exposure();
  expect(first.points.at(-1)).toMatchObject({ score: first.score, by_reason: { new_advisory: first.score } });
  expect(first.score).toBeGreaterThan(0);
  await report('3.0-1');
  const last = await exposure();
  expect(last.score).toBe(0);
  expect(last.points.at(-1)?.by_reason).toMatchObject({ fixed: -first.score });
  expect(await read(server, token, '/api/v1/flotilla/vulnerabilities/CVE-2024-0001/history')).toMatchObject({
    peak_hosts: 2,
    gone_at: expect.any(String),
  });
});
