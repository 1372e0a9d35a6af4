import { expect, test } from 'vitest';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer, read } from '../testing/test-server.ts';
import { judgeWanted } from './match-software.ts';

interface Feeds {
  feeds: { name: string; is_needed: boolean }[];
}

test('a feed is needed from the first software on that it tells of, and what tells of vulnerabilities always', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const needed = async () =>
    (await read<Feeds>(server, token, '/api/v1/flotilla/feeds')).feeds
      .filter((feed) => feed.is_needed)
      .map((feed) => feed.name);
  const before = await needed();
  expect(before).toEqual(expect.arrayContaining(['cisa-kev', 'epss', 'nvd']));
  expect(before).not.toContain('debian-security-tracker');
  await (await enrolHost(server, 'one')).report({ deb_packages: [deb('openssl', '3.0.11-1')] });
  await judgeWanted(server.system);
  expect((await needed()).filter((name) => !before.includes(name))).toEqual([
    'debian-security-tracker',
    'debian-changelogs',
  ]);
});
