import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deb } from '../../server/src/testing/test-host.ts';
import { buildDeb } from '../../server/src/testing/test-package.ts';
import { enrolSteppingAgent, type SteppingAgent } from './console-agent.ts';
import { violations, type WatchedPage } from './console-browser.ts';
import { type ConsoleScene, startConsole, unsoundPages, useConsole } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const file = join(folder, 'hello_2.0_amd64.deb');
let scene: ConsoleScene;
let watched: WatchedPage;
let agent: SteppingAgent;

const { open, said, button } = useConsole(() => scene);
const current = (stage: string) => watched.page.locator('[aria-current=step]').getByText(stage).waitFor();

describeWith(['chromium'], 'installing software by the console', () => {
  beforeAll(async () => {
    writeFileSync(file, await buildDeb('hello', '2.0'));
    scene = await startConsole();
    watched = scene.watched;
    agent = await enrolSteppingAgent(scene.server.httpUrl, scene.enrolSecret, 'ada-laptop');
    await agent.report({ deb_packages: [deb('bash')] });
  });

  afterAll(async () => {
    await scene?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  // One story: each part goes on where the one before ended.
  library();
  installation();
  failure();
  stopping();
  accessibility();
});

function library() {
  test('an empty library teaches, and an upload leads to the title', async () => {
    const { page } = watched;
    await open('/library');
    await said('The library is empty');
    await button('Upload a package').click();
    await page.locator('input[type=file]').setInputFiles(file);
    expect(await violations(page)).toEqual([]);
    await button('Upload').click();
    await said('is in the library');
    await page.getByRole('link', { name: 'See the title' }).click();
    await page.waitForURL(/software\/titles\/\d+$/);
    await said('2.0, the newest');
    expect(await violations(page)).toEqual([]);
  });

  test('what is no package is refused with the reason, beside the field', async () => {
    const { page } = watched;
    const broken = join(folder, 'broken.deb');
    writeFileSync(broken, 'no archive');
    await open('/library');
    await button('Upload a package').click();
    await page.locator('input[type=file]').setInputFiles(broken);
    await button('Upload').click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await page.getByRole('dialog').getByRole('alert').textContent()).toMatch(/\w+ \w+/);
  });
}

function installation() {
  test('an installation is seen at each stage, and is done once the inventory shows it', async () => {
    const { page } = watched;
    await open('/hosts/1?tab=library');
    await said('Nothing is under way on this host.');
    await button('Install hello').click();
    await said('1 task under way');
    await current('Queued');
    expect(await agent.take()).toBe(true);
    await current('Offered');
    await agent.accept();
    await agent.step('downloading');
    await current('Downloading');
    await agent.step('installing');
    await current('Installing');
    const steps = [
      { step: 'install' as const, exit_code: 0, output: 'ok', cut: false, timed_out: false, runtime_seconds: 1 },
    ];
    await agent.finish({ outcome: 'succeeded', reason: '', steps });
    await current('Reported');
    await agent.report({ deb_packages: [deb('bash'), deb('hello', '2.0')] });
    await said('Nothing is under way on this host.');
    await page.getByRole('link', { name: 'Installed: hello, details' }).waitFor();
    await button('Reinstall hello').waitFor();
  });
}

function failure() {
  test('a removal asks first; when it fails its output is one click away, at an address of its own', async () => {
    const { page } = watched;
    await button('Uninstall hello').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Uninstall hello' }).click();
    await current('Queued');
    expect(await agent.take()).toBe(true);
    await agent.accept();
    const steps = [
      {
        step: 'uninstall' as const,
        exit_code: 3,
        output: 'held back',
        cut: true,
        timed_out: false,
        runtime_seconds: 1,
      },
    ];
    await agent.finish({ outcome: 'failed', reason: 'the uninstall script ended with exit code 3', steps });
    await said(/attempt 2 of 3 follows/);
    await page.getByRole('link', { name: 'Uninstall hello', exact: true }).click();
    await page.waitForURL(/task=/);
    await said('held back');
    await said('exit code 3');
    await said('only the end of a longer output');
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await said('held back');
    await page.keyboard.press('Escape');
  });

  test('what waits can be cancelled', async () => {
    await button('Cancel: Uninstall hello').click();
    await said('Nothing is under way on this host.');
    await watched.page.getByRole('link', { name: 'Cancelled: hello, details' }).waitFor();
  });

  test('the timeline and the activity tell the same story', async () => {
    const { page } = watched;
    await open('/hosts/1?tab=timeline');
    await page.getByRole('link', { name: 'Install hello 2.0: installed' }).waitFor();
    await open('/activity');
    await said(/cancelled the removal of/);
  });
}

function stopping() {
  test('the global stop says what it does, is seen on every page, and is lifted there', async () => {
    const { page } = watched;
    await open('/software');
    await button('Stop everything').click();
    await page.getByLabel(/Reason/).fill('a bad package');
    await page.getByRole('dialog').getByRole('button', { name: 'Stop everything' }).click();
    await said(/Everything is stopped.*by Ada: a bad package/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('region', { name: 'Global stop' }).getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lift the stop' }).click();
    await page.getByText('Everything is stopped').waitFor({ state: 'detached' });
  });
}

function accessibility() {
  test.each([
    ['1280 pixels, light', 1280, 'light'],
    ['390 pixels, dark', 390, 'dark'],
  ] as const)('every page is accessible and fits at %s', async (_, width, colorScheme) => {
    const { page } = watched;
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const hosts = ['/hosts/1?tab=library', '/hosts/1?tab=policies', '/hosts/1?tab=timeline'];
    expect(
      await unsoundPages(scene, [
        ...hosts,
        '/library',
        '/library?query=nothing',
        '/activity',
        '/updates',
        '/policies/new',
      ]),
    ).toEqual({});
  });

  test('no page complained', () => {
    expect(watched.complaints).toEqual([]);
  });
}
