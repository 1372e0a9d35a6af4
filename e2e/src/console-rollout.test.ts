import { afterAll, beforeAll, expect, test } from 'vitest';
import { deb } from '../../server/src/testing/test-host.ts';
import { buildDeb } from '../../server/src/testing/test-package.ts';
import { enrolSteppingAgent, type SteppingAgent } from './console-agent.ts';
import { violations, type WatchedPage } from './console-browser.ts';
import { type ConsoleScene, startConsole, unsoundPages, useConsole } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';

let scene: ConsoleScene;
let watched: WatchedPage;
let agents: SteppingAgent[] = [];

const { open, said, button } = useConsole(() => scene);
const ring = (no: number) => watched.page.getByRole('region', { name: `Ring ${no}` });

describeWith(['chromium'], 'policies and rollouts by the console', () => {
  beforeAll(async () => {
    scene = await startConsole();
    watched = scene.watched;
    const enrol = (name: string) => enrolSteppingAgent(scene.server.httpUrl, scene.enrolSecret, name);
    agents = await Promise.all(['ada-laptop', 'build-07'].map(enrol));
    for (const agent of agents) await agent.report({ deb_packages: [deb('hello', '1.0')] });
    await upload(scene.api.token);
  });

  afterAll(() => scene?.stop());

  // One story: each part goes on where the one before ended.
  policies();
  rollout();
  afterwards();
});

async function upload(token: string): Promise<void> {
  const form = new FormData();
  form.append('software', new Blob([new Uint8Array(await buildDeb('hello', '2.0'))]), 'hello_2.0_amd64.deb');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${scene.server.httpUrl}/api/v1/fleet/software/package`, {
    method: 'POST',
    headers,
    body: form,
  });
  if (!answer.ok) throw new Error(`upload: ${answer.status} ${await answer.text()}`);
}

/** Lets the host that has something to do install it. */
async function installNext(): Promise<void> {
  for (const agent of agents) {
    if (!(await agent.take())) continue;
    await agent.accept();
    await agent.step('installing');
    await agent.finish({ outcome: 'succeeded', reason: '', steps: [] });
    await agent.report({ deb_packages: [deb('hello', '2.0')] });
    return;
  }
  throw new Error('no host was offered anything');
}

function policies() {
  test('a policy is made from a title and a version, and says where it fails', async () => {
    const { page } = watched;
    await open('/policies');
    await said('No policies yet');
    await page.getByRole('link', { name: 'New policy' }).click();
    await button('Make the policy').click();
    await said('Choose a title');
    await page.getByLabel('Title').first().fill('hel');
    await page.getByRole('option', { name: /hello/ }).click();
    await page.getByLabel('Lowest version that passes').fill('2.0');
    await page.getByLabel('Name').fill('hello is new');
    await button('Make the policy').click();
    await page.waitForURL(/policies\/\d+$/);
    await said(/Fails on 2 hosts, passes on 0 hosts/);
    await page.getByRole('link', { name: '2 hosts', exact: true }).click();
    await page.waitForURL(/response=fail/);
    await page.getByRole('link', { name: 'build-07' }).click();
    await said('1 of 1 policy fails');
  });

  test('what the server refuses is said beside its field', async () => {
    const { page, complaints } = watched;
    await open('/policies/new');
    await page.getByLabel('Kind').selectOption('dynamic');
    await page.getByLabel('Query').fill('SELECT 1');
    await page.getByLabel('Name').fill('hello is new');
    await button('Make the policy').click();
    await page.getByLabel('Name').and(page.locator('[aria-invalid=true]')).waitFor();
    // That the name is taken is part of the test.
    complaints.splice(0);
  });
}

function rollout() {
  test('a rollout is planned with its hosts and rings in view, and one click starts it', async () => {
    const { page } = watched;
    await open('/updates');
    await said('1 title is behind the library; no rollout is running');
    await button('Update 2 hosts').click();
    await page.getByLabel('First ring').fill('50');
    await page.getByRole('dialog').getByText('1 host', { exact: true }).nth(1).waitFor();
    expect(await violations(page)).toEqual([]);
    await button('Start on 2 hosts').click();
    await page.waitForURL(/rollouts\/\d+$/);
    await ring(1).getByText('Open', { exact: true }).waitFor();
    await ring(2).getByText('Opens when ring 1 has passed').waitFor();
  });

  test('it can be paused, and resumed; aborting asks first', async () => {
    const { page } = watched;
    await button('Pause').click();
    await button('Resume').click();
    await button('Pause').waitFor();
    await button('Abort').click();
    await page.getByRole('dialog').getByText('cannot be resumed').waitFor();
    expect(await violations(page)).toEqual([]);
    await button('Go back').click();
  });

  test('rings pass one after the other as hosts prove it, and then it is done', async () => {
    const { page } = watched;
    await installNext();
    await ring(1).getByText('Passed', { exact: true }).waitFor();
    await ring(2).getByText('Open', { exact: true }).waitFor();
    await installNext();
    await said('Every ring has passed');
    await said(/for 2 hosts: 2 have it/);
    await ring(1).getByRole('link', { name: 'Verified: 1 host of ring 1' }).click();
    await page.waitForURL(/place=verified/);
    const verified = page.getByRole('link', { name: /^Verified: .*details$/ });
    // The view before stands in until the new one is there.
    await expect.poll(() => verified.count(), { timeout: 20_000 }).toBe(1);
    await verified.click();
    await page.getByRole('dialog', { name: 'Install hello 2.0' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
}

function afterwards() {
  test('nothing is behind any more, and the policy passes', async () => {
    await open('/updates');
    await said('No host is behind the library; no rollout is running');
    await open('/policies');
    await said('None of 1 policy fails on any host');
    await open('/activity');
    await said(/finished the rollout/);
  });

  test.each([
    ['1280 pixels, light', 1280, 'light'],
    ['390 pixels, dark', 390, 'dark'],
  ] as const)('every page is accessible and fits at %s', async (_, width, colorScheme) => {
    const { page } = watched;
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const policy = ['/policies', '/policies/1', '/policies/1/edit', '/policies/new', '/hosts/1?tab=policies'];
    expect(
      await unsoundPages(scene, [...policy, '/updates', '/updates?show=rollouts', '/updates/rollouts/1', '/library']),
    ).toEqual({});
  });

  test('no page complained', () => {
    expect(watched.complaints).toEqual([]);
  });
}
