import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { launchBrowser, openPage, overflow, signIn, violations, type WatchedPage } from './console-browser.ts';
import { enrol, threeHosts } from './console-hosts.ts';
import { startSetUpServer, useConsole } from './console-scene.ts';
import { createMirror, type FeedMirror, fixedCve, openCve } from './feed-mirror.ts';
import { describeWith } from './prerequisites.ts';
import type { RunningServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

/** The host has openssl 3.0.15. */
const installed = '3.0.15-1~deb12u1';
const fix = '3.0.17-1~deb12u1';

let mirror: FeedMirror;
let server: RunningServer;
let api: ApiClient;
let hostId: number;
let browser: Browser;
let watched: WatchedPage;

const { open, dialog } = useConsole(() => ({ server, watched }));
const says = (text: string | RegExp) => dialog().getByText(text).first().waitFor();

describeWith(['chromium'], 'the evidence of a verdict', () => {
  beforeAll(async () => {
    mirror = createMirror(fix);
    const started = await startSetUpServer({ FLOTILLA_FEEDS_URL: mirror.folder });
    ({ server, api } = started);
    const [host] = threeHosts;
    if (!host) throw new Error('no host');
    await (await enrol(server.httpUrl, started.enrolSecret, host)).report();
    await api.post('/api/v1/flotilla/feeds/update');
    const { hosts } = await api.get<{ hosts: { id: number }[] }>('/api/v1/fleet/hosts');
    hostId = hosts[0]?.id ?? 0;
    await waitUntil('it is found', async () => {
      const path = `/api/v1/flotilla/vulnerabilities/${fixedCve}/findings`;
      return (await api.get<{ count: number }>(path)).count > 0;
    });
    browser = await launchBrowser();
    watched = await openPage(browser);
    await signIn(watched, server.httpUrl);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(mirror.folder, { recursive: true, force: true });
  });

  ofWhatIsFound();
  ofWhatIsNot();
  everywhere();
});

function ofWhatIsFound() {
  test('opens by the keyboard with verdict, feed, range and identity, and Esc gives the focus back', async () => {
    const { page } = watched;
    await open(`/hosts/${hostId}?tab=findings`);
    const link = page.getByRole('link', { name: `Show the evidence for ${fixedCve} in openssl ${installed}` });
    await link.waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: `Evidence: ${fixedCve}` }).waitFor();
    await says(`${installed} is before ${fix}, where Debian 12 fixed it.`);
    await says('Debian security tracker');
    await says(/published|fetched/);
    await says('deb:debian-12:openssl');
    await says(`before ${fix}`);
    await says('the rules of dpkg');
    await says(/^name: .*; version: /);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.waitForURL((url) => !url.searchParams.has('evidence'));
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      `Show the evidence for ${fixedCve} in openssl ${installed}`,
    );
  });

  test('is open again after a reload, shows the record as stored, and going back closes it', async () => {
    const { page } = watched;
    await open(`/vulnerabilities/${fixedCve}`);
    await page.getByRole('link', { name: `openssl ${installed}`, exact: true }).click();
    await says(`${installed} is before ${fix}`);
    await page.reload();
    await says(`${installed} is before ${fix}`);
    await dialog().getByText('Record as stored').click();
    await says(new RegExp(`"advisory": "openssl/${fixedCve}"`));
    await page.goBack();
    await dialog().waitFor({ state: 'detached' });
  });
}

function ofWhatIsNot() {
  test('tells of other software that no record speaks of it, and why what is fixed is not affected', async () => {
    const { page } = watched;
    await open(`/vulnerabilities/${fixedCve}`);
    await page.getByLabel('Explain it for other software on your hosts').fill('bash');
    await page.getByRole('option', { name: /^bash / }).click();
    await says('Nothing said');
    await says('deb:debian-12:bash');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    mirror.fixOpensslIn('3.0.11-1~deb12u1');
    await api.post('/api/v1/flotilla/feeds/update');
    await page.getByLabel('Explain it for other software on your hosts').fill('openssl');
    await page.getByRole('option', { name: /^openssl / }).click();
    await says('Not affected');
    await says(`${installed} is not before 3.0.11-1~deb12u1, where Debian 12 fixed it.`);
  });

  test('of a vulnerability that is named on the page of a version', async () => {
    const { page } = watched;
    await open(`/vulnerabilities/${openCve}`);
    await page
      .getByRole('row', { name: /openssl/ })
      .getByRole('link', { name: 'openssl' })
      .first()
      .click();
    const field = page.getByLabel('Why is a vulnerability not found here?');
    await field.fill('?');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('Give the id of a vulnerability').waitFor();
    await field.fill(fixedCve.toLowerCase());
    await field.press('Enter');
    await says('Not affected');
  });
}

function everywhere() {
  test.each([1280, 390])('is accessible and fits at %i pixels', async (width) => {
    const { page } = watched;
    await page.setViewportSize({ width, height: 844 });
    for (const cve of [fixedCve, openCve, 'CVE-1999-0001']) {
      await open(`/hosts/${hostId}?tab=findings&evidence=1:${cve}`);
      await dialog().getByRole('heading', { level: 3 }).or(dialog().getByRole('alert')).first().waitFor();
      expect([cve, await violations(page), await overflow(page)]).toEqual([cve, [], 0]);
    }
    await open(`/hosts/${hostId}?tab=findings&evidence=99999:${fixedCve}`);
    await says('The evidence could not be loaded');
    expect(watched.complaints).toEqual([]);
  });
}
