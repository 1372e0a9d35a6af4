import { rmSync } from 'node:fs';
import type { FeedState } from '@flotilla/contract/feeds';
import type { Finding } from '@flotilla/contract/vulnerabilities';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { launchBrowser, openPage, type WatchedPage } from './console-browser.ts';
import { enrol, threeHosts } from './console-hosts.ts';
import { startSetUpServer, unsoundPages, useConsole } from './console-scene.ts';
import {
  createMirror,
  elsewhereCve,
  type FeedMirror,
  fixedCve,
  openCve,
  undeterminedCve,
  unimportantCve,
} from './feed-mirror.ts';
import { describeWith } from './prerequisites.ts';
import type { RunningServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

/** The host has 3.0.15. */
const installed = '3.0.15-1~deb12u1';
const laterFix = '3.0.17-1~deb12u1';

let mirror: FeedMirror;
let server: RunningServer;
let api: ApiClient;
let hostId: number;
let browser: Browser;
let watched: WatchedPage;

const { open } = useConsole(() => ({ server, watched }));
/** @returns those that the mirror has and a host needs */
const updateFeeds = async () =>
  (await api.post<{ feeds: FeedState[] }>('/api/v1/flotilla/feeds/update')).feeds.filter(
    ({ is_needed, is_absent }) => is_needed && !is_absent,
  );
const findingsOf = async (cve: string) =>
  (await api.get<{ findings: Finding[] }>(`/api/v1/flotilla/vulnerabilities/${cve}/findings`)).findings;
const listed = async () => {
  const path = '/api/v1/fleet/vulnerabilities?order_key=cve&order_direction=asc';
  const { vulnerabilities } = await api.get<{ vulnerabilities: { cve: string }[] }>(path);
  return vulnerabilities.map(({ cve }) => cve);
};

describeWith(['chromium'], 'vulnerabilities from feed to page', () => {
  beforeAll(async () => {
    mirror = createMirror(laterFix);
    const started = await startSetUpServer({ FLOTILLA_FEEDS_URL: mirror.folder });
    ({ server, api } = started);
    const [host] = threeHosts;
    if (!host) throw new Error('no host');
    await (await enrol(server.httpUrl, started.enrolSecret, host)).report();
    const { hosts } = await api.get<{ hosts: { id: number }[] }>('/api/v1/fleet/hosts');
    hostId = hosts[0]?.id ?? 0;
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(mirror.folder, { recursive: true, force: true });
  });

  // One story: each part goes on where the one before ended.
  throughTheApi();
  inTheConsole();
});

function throughTheApi() {
  test('within two seconds of an update a finding is there with its evidence', async () => {
    expect(await updateFeeds()).toMatchObject([
      { name: 'debian-security-tracker', records: 4, problems: 0, failure: null, held: null },
      { name: 'cisa-kev', records: 2, failure: null, held: null },
      { name: 'endoflife', failure: null, held: null },
    ]);
    const finding = await waitUntil('it is found', async () => (await findingsOf(fixedCve))[0], 2);
    expect(finding).toMatchObject({
      name: 'openssl',
      version: installed,
      verdict: 'affected',
      is_active: true,
      fix_version: laterFix,
      cisa_known_exploit: true,
      evidence: {
        feed: 'debian-security-tracker',
        advisory: `openssl/${fixedCve}`,
        key: 'deb:debian-12:openssl',
        range: { fixed: laterFix },
        comparator: 'dpkg',
        compared: installed,
      },
    });
    await waitUntil('hosts are counted', async () => (await listed()).join() === `${fixedCve},${openCve}`);
  });

  test('a finding closes when the advisory says that the installed version has the fix', async () => {
    mirror.fixOpensslIn('3.0.11-1~deb12u1');
    await updateFeeds();
    await waitUntil('it is closed', async () => (await findingsOf(fixedCve)).length === 0, 2);
    await waitUntil('hosts are counted', async () => (await listed()).join() === openCve);
  });

  test('a truncated file is told and changes nothing', async () => {
    mirror.truncateTracker();
    const [tracker] = await updateFeeds();
    expect(tracker).toMatchObject({ records: 4, failure: { reason: expect.any(String) } });
    expect(await findingsOf(openCve)).toHaveLength(1);
    expect(await listed()).toEqual([openCve]);
  });
}

function inTheConsole() {
  beforeAll(async () => {
    browser = await launchBrowser();
    watched = await openPage(browser);
  });
  afterAll(() => browser?.close());

  feedsPage();
  pagesOfVulnerabilities();
  findingsOfHost();
  everyPage();
}

function feedsPage() {
  test('the feeds page tells the failure, and an update repairs it', async () => {
    const { page } = watched;
    await open('/login?to=%2Ffeeds');
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('Password', { exact: true }).fill('a-long-passphrase-1');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('3 feeds of vulnerability data in use: 1 could not be renewed').waitFor();
    await page.getByText(/The last update failed: .*the data before stay in use/).waitFor();
    await open('/software');
    await page.getByText('Debian security tracker could not be renewed; the data before stay in use.').waitFor();
    await page.getByRole('link', { name: 'See the feeds' }).click();
    mirror.fixOpensslIn(laterFix);
    await page.getByRole('button', { name: 'Update now' }).click();
    await page.getByText('All feeds are up to date; software they concern is judged again').waitFor();
    await page.getByText('3 feeds of vulnerability data in use: none has a problem').waitFor();
    await page.getByRole('region', { name: 'Vulnerability data' }).waitFor({ state: 'detached' });
  });
}

function pagesOfVulnerabilities() {
  test('the list opens with how many, and finds by CVE and by exploitation', async () => {
    const { page } = watched;
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await page.getByText('Updating openssl on 1 host clears 1 finding, 1 known exploited among them').waitFor();
    await page.getByRole('link', { name: '1 finding by openssl' }).click();
    await page.getByRole('row', { name: new RegExp(`${fixedCve}.*Known exploited`) }).waitFor();
    await page.getByRole('link', { name: 'See the 1 host' }).click();
    await page.getByRole('link', { name: 'ada-laptop' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Vulnerabilities' }).last().click();
    await page.getByRole('link', { name: 'By software' }).click();
    await page.getByRole('link', { name: /vulnerabilit.* in openssl/ }).waitFor();
    await page.getByRole('link', { name: 'By CVE' }).click();
    await page.getByText('2 vulnerabilities on your hosts, 1 known exploited').waitFor();
    await page.getByRole('row', { name: new RegExp(`${fixedCve}.*Known exploited`) }).waitFor();
    await page.getByLabel('Exploitation').selectOption('true');
    await page.waitForURL(/exploit=true/);
    await page.getByText('1 of 2 vulnerabilities on your hosts matches').waitFor();
    await page.getByRole('searchbox', { name: 'Search by CVE' }).fill('0002');
    await page.getByText('No vulnerability matches').waitFor();
    await page.getByRole('button', { name: 'Show all vulnerabilities' }).click();
    await page.getByRole('link', { name: fixedCve, exact: true }).click();
  });

  test('a CVE opens with what to make of it and shows the evidence', async () => {
    const { page } = watched;
    await page.getByText(new RegExp(`Known exploited, on 1 host.*: fixed in ${laterFix}`)).waitFor();
    await page.getByText(`Debian security tracker: before ${laterFix}`, { exact: true }).waitFor();
    await page.getByRole('link', { name: `1 host with openssl ${installed}` }).click();
    await page.getByRole('link', { name: 'ada-laptop' }).waitFor();
    await open(`/vulnerabilities/${elsewhereCve.toLowerCase()}`);
    await page.getByText('no software on your hosts counts as affected').waitFor();
    await open('/vulnerabilities/CVE-1999-0001');
    await page.getByText('No feed knows CVE-1999-0001').waitFor();
  });
}

function findingsOfHost() {
  test('a host lists what counts first, then what does not and what nobody can tell', async () => {
    const { page } = watched;
    await open(`/hosts/${hostId}?tab=findings`);
    const rows = page.locator('tbody tr[data-row]');
    await page.getByText('4 findings').waitFor();
    await expect.poll(() => rows.count()).toBe(4);
    const texts = await rows.allInnerTexts();
    expect(texts[0]).toMatch(new RegExp(`${fixedCve}[^]*Affected[^]*Known exploited[^]*${laterFix}`));
    expect(texts[1]).toMatch(new RegExp(`${openCve}[^]*Affected[^]*no fix known`));
    expect(texts.slice(2).join()).toMatch(new RegExp(`${undeterminedCve}[^]*Unknown\\s+undetermined`));
    expect(texts.slice(2).join()).toMatch(new RegExp(`${unimportantCve}[^]*No security matter`));
    await page.getByRole('tab', { name: 'Software' }).click();
    await page.getByRole('searchbox', { name: 'Search the software of this host' }).fill('openssl');
    await page.getByRole('link', { name: '2 vulnerabilities of openssl' }).click();
    await page.getByText('2 findings match “openssl”').waitFor();
  });
}

function everyPage() {
  test.each([1280, 390])('the pages are accessible and fit at %i pixels', async (width) => {
    const { page } = watched;
    await page.setViewportSize({ width, height: 844 });
    const ofCves = [
      `/vulnerabilities/${fixedCve}`,
      `/vulnerabilities/${elsewhereCve}`,
      `/vulnerabilities/${undeterminedCve}`,
    ];
    const pages = [
      '/vulnerabilities',
      '/vulnerabilities?query=nothing',
      '/vulnerabilities?group=cve',
      '/vulnerabilities?group=software',
      '/vulnerabilities/actions/1',
      '/vulnerabilities/actions/999',
      ...ofCves,
      '/feeds',
      '/software?query=openssl',
    ];
    expect(
      await unsoundPages({ server, watched }, [...pages, `/hosts/${hostId}?tab=findings`, '/software/versions/1']),
    ).toEqual({});
  });

  test('no page complained', () => {
    expect(watched.complaints).toEqual([]);
  });
}
