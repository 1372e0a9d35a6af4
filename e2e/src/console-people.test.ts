import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roleAllows } from '../../server/src/kernel/access.ts';
import { roleChoices, roleMatrix } from '../../web/src/people/roles.ts';
import type { ApiClient } from './api-client.ts';
import { openPage, violations, type WatchedPage } from './console-browser.ts';
import { type ConsoleScene, enrolThree, startConsole, unsoundPages, useConsole } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';
import type { RunningServer } from './running-server.ts';

const first = 'a-first-passphrase-1';
const chosen = 'a-chosen-passphrase-2';

let scene: ConsoleScene;
let server: RunningServer;
let browser: Browser;
let watched: WatchedPage;
let api: ApiClient;

const at = (path: string) => `${server.httpUrl}${path}`;
const { open, said, button, dialog } = useConsole(() => scene);

test('the matrix of roles says what the server allows', () => {
  const shown = roleMatrix.map(({ permission, roles }) => [permission, [...roles].sort()]);
  const real = roleMatrix.map(({ permission }) => [
    permission,
    roleChoices
      .map(({ value }) => value)
      .filter((role) => roleAllows(role, permission))
      .sort(),
  ]);
  expect(shown).toEqual(real);
});

describeWith(['chromium'], 'people in the console', () => {
  beforeAll(async () => {
    scene = await startConsole();
    ({ server, api, browser, watched } = scene);
    await enrolThree(scene);
    await api.post('/api/v1/fleet/fleets', { name: 'Design' });
    const { hosts } = await api.get<{ hosts: { id: number }[] }>('/api/v1/fleet/hosts?query=build-07');
    await api.post('/api/v1/fleet/hosts/transfer', { fleet_id: 1, hosts: hosts.map(({ id }) => id) });
  });

  afterAll(() => scene?.stop());

  // One story: each part goes on where the one before ended.
  adding();
  asThatPerson();
  managing();
  pages();
});

function adding() {
  test('a person gets a role in one fleet, and the matrix says what it may do', async () => {
    const { page } = watched;
    await open('/settings/people');
    await said('1 account');
    await button('Add somebody').click();
    await dialog().getByLabel('Whom').selectOption('person');
    await button('Make the account').click();
    await said('Give a name');
    await dialog().getByLabel('Name').fill('Grace Hopper');
    await dialog().getByLabel('Email').fill('grace@example.org');
    await dialog().getByLabel('First password').fill(first);
    await dialog().getByLabel('Where').selectOption({ label: 'In some fleets' });
    await dialog().getByLabel('Add a fleet').selectOption({ label: 'Design' });
    await dialog().getByText('What each role may do').click();
    expect(await violations(page)).toEqual([]);
    await button('Make the account').click();
    await said('Grace Hopper can sign in with the first password');
    await button('Done').click();
    await page.getByRole('cell', { name: 'Observer in Design' }).waitFor();
  });

  test('the token of a program is shown once, and works', async () => {
    await button('Add somebody').click();
    await dialog().getByLabel('Whom').selectOption('program');
    await dialog().getByLabel('Name').fill('Reports');
    await dialog().getByLabel('Email').fill('reports@example.org');
    await button('Make the account').click();
    await said('It is shown only now');
    const token = await dialog().locator('code').innerText();
    await button('Done').click();
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(at('/api/v1/fleet/hosts/count'), { headers })).status).toBe(200);
  });

  test('an invitation leads to an account', async () => {
    await button('Add somebody').click();
    await dialog().getByLabel('Name').fill('Alan Turing');
    await dialog().getByLabel('Email').fill('alan@example.org');
    await button('Make the invitation').click();
    const link = new URL(await dialog().locator('code').innerText());
    await button('Done').click();
    await said('alan@example.org');
    const guest = await openPage(browser);
    await guest.page.goto(at(`${link.pathname}${link.hash}`));
    await guest.page.getByText('As alan@example.org.').waitFor();
    expect(new URL(guest.page.url()).hash).toBe('');
    await guest.page.getByLabel('Password', { exact: true }).fill(chosen);
    expect(await violations(guest.page)).toEqual([]);
    await guest.page.getByRole('button', { name: 'Join' }).click();
    await guest.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await guest.page.getByRole('link', { name: 'Hosts', exact: true }).click();
    await guest.page.getByText('3 hosts, all online').waitFor();
    expect(guest.complaints).toEqual([]);
    await guest.context.close();
  });
}

function asThatPerson() {
  test('whoever must set a password does that first, and then sees one fleet only', async () => {
    const grace = await openPage(browser);
    const { page } = grace;
    await page.goto(at('/hosts'));
    await page.getByLabel('Email').fill('grace@example.org');
    await page.getByLabel('Password', { exact: true }).fill(first);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(at('/login/new-password'));
    await page.getByLabel('New password', { exact: true }).fill(chosen);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.getByRole('link', { name: 'Hosts', exact: true }).click();
    await page.getByText('1 host, 1 online').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: 'build-07' }).waitFor();
    expect(await page.getByText('Stop everything').count()).toBe(0);
    expect(await page.getByLabel('Select build-07').count()).toBe(0);
    await page.goto(at('/hosts/1'));
    const other = (await api.get<{ hosts: { id: number }[] }>('/api/v1/fleet/hosts?query=ada-laptop')).hosts[0]?.id;
    await page.goto(at(`/hosts/${other}`));
    await page.getByText('The host could not be loaded').waitFor();
    await page.goto(at('/settings'));
    await page.waitForURL(at('/settings/profile'));
    await page.getByText('Observer in Design').waitFor();
    expect(await page.getByRole('navigation', { name: 'Settings' }).getByText('People').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(grace.complaints.filter((text) => !text.includes('403'))).toEqual([]);
    await grace.context.close();
  });
}

function managing() {
  test('sessions are listed and ended, a password link is made, roles change', async () => {
    const { page } = watched;
    await open('/settings/people');
    await page.getByRole('link', { name: 'Grace Hopper' }).click();
    await page
      .getByRole('button', { name: /^End session/ })
      .first()
      .click();
    await said('Nowhere at the moment.');
    await button('Make a password link').click();
    await dialog().getByRole('button', { name: 'Make a password link' }).click();
    const link = new URL(await dialog().locator('code').innerText());
    await page.keyboard.press('Escape');
    const guest = await openPage(browser);
    await guest.page.goto(at(`${link.pathname}${link.hash}`));
    await guest.page.getByLabel('New password', { exact: true }).fill('another-passphrase-3');
    await guest.page.getByRole('button', { name: 'Set the password' }).click();
    await guest.page.waitForURL(at('/login'));
    await guest.context.close();
    await page.getByLabel('Role in Design', { exact: true }).selectOption({ label: 'Maintainer' });
    await button('Save').click();
    await said('Maintainer in Design');
    await button('Delete the account').click();
    await dialog().getByRole('button', { name: 'Delete the account' }).click();
    await page.getByRole('link', { name: 'Reports' }).waitFor();
    await page.getByRole('link', { name: 'Grace Hopper' }).waitFor({ state: 'detached' });
  });

  test("one's own password is changed", async () => {
    const { page } = watched;
    await open('/settings/profile');
    await page.getByLabel('Present password').fill('a-long-passphrase-1');
    await page.getByLabel('New password').fill(chosen);
    await button('Change the password').click();
    await said('Changed');
  });
}

function pages() {
  test.each([
    ['1280 pixels, light', 1280, 'light'],
    ['390 pixels, dark', 390, 'dark'],
  ] as const)('the pages about people are accessible and fit at %s', async (_, width, colorScheme) => {
    const { page } = watched;
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(
      await unsoundPages(scene, ['/settings/people', '/settings/people/1', '/settings/people/3', '/settings/profile']),
    ).toEqual({});
  });

  test('no page complained: no script errors, nothing refused by the content policy', () => {
    expect(watched.complaints).toEqual([]);
  });
}
