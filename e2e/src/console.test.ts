import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, violations, type WatchedPage } from './console-browser.ts';
import { deb, type ReportingHost, threeHosts } from './console-hosts.ts';
import { enrolThree, unsoundPages, useConsole } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningServer, startServer } from './running-server.ts';

const email = 'ada@example.org';
const password = 'a-long-passphrase-1';
const eventually = (ask: () => unknown) => expect.poll(ask, { timeout: 20_000 });

let server: RunningServer;
let browser: Browser;
let watched: WatchedPage;
let reporting: ReportingHost[] = [];

const at = (path: string) => `${server.httpUrl}${path}`;
const { open, heading } = useConsole(() => ({ server, watched }));
const address = () => watched.page.url().slice(server.httpUrl.length);

describeWith(['chromium'], 'the console', () => {
  beforeAll(async () => {
    server = await startServer();
    browser = await launchBrowser();
    watched = await openPage(browser);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  // One story: each part goes on where the one before ended.
  setUp();
  listOfHosts();
  pageOfHost();
  softwareAndSystems();
  keyboardAndTheme();
  accessibility();
  sessions();
  outages();
});

function setUp() {
  test('the set-up link makes the first administrator and leaves no token in the address', async () => {
    const { page } = watched;
    await page.goto(server.setupUrl);
    await page.waitForURL(at('/setup'));
    await page.getByText('The server runs').waitFor();
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Organisation').fill('Example');
    await page.getByLabel('Password', { exact: true }).fill('short-1');
    await page.getByRole('button', { name: 'Make the administrator' }).click();
    await page.getByText('The password must keep the rules below').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Make the administrator' }).click();
    await page.waitForURL(at('/'));
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain('token');
  });

  test('set-up works once: its page leads to sign-in afterwards', async () => {
    const other = await openPage(browser);
    await other.page.goto(at('/setup'));
    await other.page.waitForURL(at('/login'));
    await other.context.close();
  });
}

function listOfHosts() {
  test('an empty list says which command fills it, and hosts appear in it without a reload', async () => {
    const { page, context } = watched;
    await page.getByText('First steps').waitFor();
    await page.getByRole('link', { name: 'See how to enrol a host' }).click();
    await page.getByText('npx flotilla enrol --osquery').waitFor();
    expect(await violations(page)).toEqual([]);
    const { spec } = await (await context.request.get(at('/api/v1/fleet/spec/enroll_secret'))).json();
    reporting = await enrolThree({ server, enrolSecret: spec.secrets[0].secret });
    await page.getByText('3 hosts, all online').waitFor();
    await page.getByRole('row', { name: /ada-laptop.*Online.*Debian GNU\/Linux 12/ }).waitFor();
    expect(await page.title()).toBe('Hosts · Flotilla');
  });

  test('sorting, searching and filters are in the address, and going back undoes them', async () => {
    const { page } = watched;
    const names = () => page.locator('tbody tr td:nth-child(2)').allInnerTexts();
    await page.getByRole('button', { name: 'Name' }).click();
    await page.waitForURL(/order_direction=desc/);
    await eventually(names).toEqual(threeHosts.map(({ name }) => name).toReversed());
    await page.goBack();
    await eventually(names).toEqual(threeHosts.map(({ name }) => name));
    await page.getByRole('searchbox', { name: 'Search by name, serial or address' }).fill('build');
    await page.waitForURL(/query=build/);
    await page.getByText('1 of 3 hosts matches').waitFor();
    await page.reload();
    await page.getByText('1 of 3 hosts matches').waitFor();
    await page.getByLabel('Status').selectOption('missing');
    await page.getByText('No host matches').waitFor();
    await page.getByRole('button', { name: 'Show all hosts' }).click();
    await eventually(names).toHaveLength(3);
    expect(address()).toBe('/hosts');
  });
}

function pageOfHost() {
  test('a host opens with its health, and a refetch shows what it waits for until new data came', async () => {
    const { page } = watched;
    const [, second] = reporting;
    await page.getByRole('link', { name: 'build-07' }).click();
    await heading('build-07');
    await page.getByText(/Online, inventory less than a minute old.*1 row not understood/).waitFor();
    await page.getByText('Python packages').first().waitFor();
    await page.getByText('8.0 GiB').waitFor();
    await page.getByRole('button', { name: 'Refetch' }).click();
    await page.getByText('Waiting for the host, which asks every 10 seconds').waitFor();
    second?.host.packages.splice(1, 2, deb('bash', '5.2.15-2+b8'), deb('curl', '7.88.1-10+deb12u8'));
    await second?.report();
    await page.getByText('Fresh inventory received').waitFor();
  });

  test('the timeline tells what a host gained, lost and updated', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.waitForURL(/tab=timeline/);
    const change = page.getByText('Software: 1 title added, 1 removed and 1 updated');
    await change.click();
    await page.getByText('5.2.15-2+b7 → 5.2.15-2+b8').waitFor();
    await page.getByText('Enrolled', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('the software of a host can be searched, and seen as of another moment', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Software' }).click();
    await page.getByRole('searchbox', { name: 'Search the software of this host' }).fill('curl');
    await page.getByText('1 title matches “curl”').waitFor();
    await page.getByRole('cell', { name: '7.88.1-10+deb12u8' }).waitFor();
    await page.goto(`${page.url()}&at=2020-01-01T00:00:00Z`);
    await page.getByText('As it was on').waitFor();
    await page.getByText('Nothing on this host matches “curl”').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('cell', { name: '7.88.1-10+deb12u8' }).waitFor();
  });
}

function softwareAndSystems() {
  test('software is searched, paged, and leads from title to version to hosts', async () => {
    const { page } = watched;
    await open('/software');
    await page.getByText(/^\d+ titles on your hosts, counts as of/).waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.waitForURL(/page=2/);
    await page.getByText(/^51–\d+ of \d+$/).waitFor();
    await page.getByRole('searchbox', { name: 'Search titles' }).fill('openssl');
    await page.waitForURL(/query=openssl/);
    const row = page.getByRole('row', { name: /openssl/ });
    await row.getByRole('cell', { name: 'Debian package' }).waitFor();
    await row.getByRole('link', { name: 'openssl', exact: true }).click();
    await page.getByText(/Debian package, 3 versions on/).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(3);
    await page.getByRole('link', { name: '3.0.15-1~deb12u1', exact: true }).click();
    await heading('openssl 3.0.15-1~deb12u1');
    await page.getByRole('link', { name: 'ada-laptop' }).waitFor();
    await page.getByRole('link', { name: '1 host', exact: true }).click();
    await page.waitForURL(/software_version_id=/);
    await page.getByText('1 of 3 hosts matches').waitFor();
    await page.getByRole('button', { name: /Remove the filter Software openssl 3.0.15/ }).click();
    await page.getByText('3 hosts, all online').waitFor();
  });

  test('operating systems lead to their hosts', async () => {
    const { page } = watched;
    await open('/os');
    await page.getByText('2 versions of operating systems').waitFor();
    await page.getByRole('link', { name: /^2 hosts with Debian/ }).click();
    await page.getByText('2 of 3 hosts match').waitFor();
    await page.getByRole('button', { name: /Remove the filter Operating system Debian/ }).waitFor();
  });
}

function keyboardAndTheme() {
  test('everything is reached by the keyboard', async () => {
    const { page } = watched;
    await open('/hosts');
    await page.getByRole('link', { name: 'ada-laptop' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await heading('ada-laptop');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await heading('Software');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('openssl');
    await page.getByRole('option', { name: 'openssl Debian package' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/software\?query=openssl/);
    await page.getByRole('row', { name: /openssl/ }).waitFor();
  });

  test('the theme is chosen once and kept', async () => {
    const { page } = watched;
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    await page.getByRole('button', { name: 'Theme: as the system' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await eventually(scheme).toBe('dark');
    await page.reload();
    expect(await scheme()).toBe('dark');
    await page.getByRole('button', { name: 'Theme: dark' }).click();
    await page.getByRole('menuitemradio', { name: 'As the system' }).click();
    await eventually(scheme).toBe('light');
  });
}

function accessibility() {
  test.each([
    ['1280 pixels, light', 1280, 'light'],
    ['1280 pixels, dark', 1280, 'dark'],
    ['390 pixels, dark', 390, 'dark'],
  ] as const)('every page is accessible and fits at %s', async (_, width, colorScheme) => {
    const { page } = watched;
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const pages = [
      '/',
      '/due',
      '/hosts',
      '/hosts?status=offline',
      '/hosts/1',
      '/hosts/1?tab=software',
      '/hosts/1?tab=timeline',
    ];
    const more = ['/software', '/software?query=nothing', '/software/titles/1', '/software/versions/1', '/os'];
    expect(await unsoundPages({ server, watched }, [...pages, ...more, '/hosts/999999', '/nowhere', '/login'])).toEqual(
      {},
    );
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
  });
}

function sessions() {
  test('signing out ends the session; a wrong password is told; sign-in returns to where one was', async () => {
    const { page } = watched;
    await open('/hosts');
    await page.getByRole('button', { name: /Ada Lovelace/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(at('/login'));
    await open('/software?query=bash');
    await page.waitForURL(/login\?to=/);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not-the-password-1');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Email or password is wrong.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/software\?query=bash/);
    await page.getByRole('row', { name: /bash/ }).waitFor();
  });

  test('a session that ends meanwhile leads to sign-in and back', async () => {
    const { page, context } = watched;
    await context.clearCookies();
    await page.waitForURL(/login\?to=%2Fsoftware%3Fquery%3Dbash/);
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/software\?query=bash/);
  });
}

function outages() {
  test('when the server goes away the page says so, keeps what it shows, and is live again once it is back', async () => {
    const { page, complaints } = watched;
    await page.getByRole('row', { name: /bash/ }).waitFor();
    const before = complaints.length;
    await server.halt();
    const notice = page.getByText('The server does not answer. What you see may be old.');
    await notice.waitFor();
    await page.getByRole('row', { name: /bash/ }).waitFor();
    await server.start();
    await notice.waitFor({ state: 'detached' });
    complaints.splice(before);
  });

  test('no page complained: no script errors, nothing refused by the content policy', () => {
    expect(watched.complaints).toEqual([]);
  });
}
