import type { FeedState } from '@flotilla/contract/feeds';
import type { Finding } from '@flotilla/contract/vulnerabilities';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { launchBrowser, openPage, signIn } from './console-browser.ts';
import { startSetUpServer } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningAgent, startAgent } from './running-agent.ts';
import type { RunningServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

/** Nobody listens there: whoever wants to reach an upstream is refused at once. */
const NOWHERE = 'http://127.0.0.1:1';

describeWith(['dpkg', 'osquery-5.23', 'chromium'], 'a first start without internet and without a mirror', () => {
  let server: RunningServer;
  let agent: RunningAgent;
  let browser: Browser;
  let api: ApiClient;

  beforeAll(async () => {
    const unreachable = { FLOTILLA_FEEDS_URL: '', HTTPS_PROXY: NOWHERE, HTTP_PROXY: NOWHERE, NO_PROXY: '127.0.0.1' };
    ({ server, api } = await startSetUpServer(unreachable));
    agent = startAgent(server);
  });

  afterAll(async () => {
    await browser?.close();
    await agent?.stop();
    await server?.stop();
  });

  const feeds = async () =>
    new Map((await api.get<{ feeds: FeedState[] }>('/api/v1/flotilla/feeds')).feeds.map((feed) => [feed.name, feed]));

  test('judges this machine by what came with Flotilla', async () => {
    await waitUntil(
      'what Debian fixed is taken from the snapshot',
      async () => {
        return (await feeds()).get('debian-changelogs')?.is_snapshot;
      },
      150,
    );
    expect((await feeds()).get('debian-changelogs')).toMatchObject({
      ...{ records: 16_290, is_needed: true, is_absent: true, verified_at: null },
      published_at: '2023-04-02T00:00:00.000Z',
    });
    const [first] = await waitUntil('something is found', async () => {
      const { findings } = await api.get<{ findings: Finding[] }>('/api/v1/flotilla/hosts/1/findings');
      return findings.length > 0 && findings;
    });
    expect(first?.evidence).toMatchObject({
      feed: 'debian-changelogs',
      key: expect.stringMatching(/^deb:debian-/),
    });
    await waitUntil(
      'what is known exploited came with it too',
      async () => (await feeds()).get('cisa-kev')?.is_snapshot,
    );
  });

  test('says on every page how old the data are that findings rest on', async () => {
    browser = await launchBrowser();
    const watched = await openPage(browser);
    await signIn(watched, server.httpUrl);
    for (const path of ['/vulnerabilities', '/software', '/feeds']) {
      await watched.page.goto(`${server.httpUrl}${path}`);
      await watched.page
        .getByText(/findings rest on the data that came with Flotilla, of 2023-04-02 .*days old/)
        .waitFor();
    }
    await watched.page
      .getByText(/^Never fetched: .*in use are the data that came with Flotilla/)
      .first()
      .waitFor();
  });
});
