import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { violations, type WatchedPage } from './console-browser.ts';
import { type ConsoleScene, enrolThree, startConsole, unsoundPages, useConsole } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';
import type { RunningServer } from './running-server.ts';

const eventually = (ask: () => unknown) => expect.poll(ask, { timeout: 20_000 });

let scene: ConsoleScene;
let server: RunningServer;
let watched: WatchedPage;
let api: ApiClient;

const { open, said, button, heading, dialog } = useConsole(() => scene);
const names = () => watched.page.locator('tbody tr td:nth-child(2)').allInnerTexts();
const secretsOf = async (fleet: number) =>
  (await api.get<{ secrets: { secret: string }[] }>(`/api/v1/fleet/fleets/${fleet}/secrets`)).secrets;

describeWith(['chromium'], 'fleets, labels and settings in the console', () => {
  beforeAll(async () => {
    scene = await startConsole();
    ({ server, api, watched } = scene);
    await enrolThree(scene);
  });

  afterAll(() => scene?.stop());

  // One story: each part goes on where the one before ended.
  fleets();
  transfers();
  labels();
  lists();
  settings();
  pages();
});

function fleets() {
  test('a fleet is made, leads to its secret, and the secret is rotated', async () => {
    const { page } = watched;
    await open('/settings/fleets');
    await said('No fleets yet');
    await button('New fleet').click();
    await dialog().getByLabel('Name').fill('Design');
    expect(await violations(page)).toEqual([]);
    await button('Make the fleet').click();
    await heading('Design');
    const [before] = await secretsOf(1);
    await page.getByRole('button', { name: /^Show secret/ }).click();
    await said(before?.secret ?? 'no secret');
    await page.getByRole('button', { name: /^Rotate secret/ }).click();
    await said('Nobody enrols with it any more');
    expect(await violations(page)).toEqual([]);
    await button('Rotate the secret').click();
    await dialog().waitFor({ state: 'detached' });
    await eventually(async () => (await secretsOf(1)).map(({ secret }) => secret)).not.toContain(before?.secret);
    expect(await secretsOf(1)).toHaveLength(1);
  });

  test('a secret gets a quota, which is told with how much of it is used', async () => {
    await watched.page.getByRole('button', { name: /^Quota of secret/ }).click();
    await dialog().getByLabel('Hosts').fill('10');
    await button('Save').last().click();
    await said('Has enrolled 0 of at most 10 hosts');
  });

  test('a fleet is renamed', async () => {
    await watched.page.getByLabel('Name').fill('Design and film');
    await button('Save').click();
    await heading('Design and film');
  });
}

function transfers() {
  test('chosen hosts move to a fleet, and the fleet in the address narrows every list', async () => {
    const { page } = watched;
    await open('/hosts');
    await page.getByLabel('Select build-07').check();
    await said('1 host selected');
    expect(await violations(page)).toEqual([]);
    await button('Move').click();
    await dialog().getByLabel('To the fleet').selectOption({ label: 'Design and film' });
    expect(await violations(page)).toEqual([]);
    await button('Move 1 host').click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Fleet', exact: true }).selectOption({ label: 'Design and film' });
    await page.waitForURL(/fleet_id=1/);
    await eventually(names).toEqual(['build-07']);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Software' }).click();
    await page.waitForURL(/software\?fleet_id=1/);
    await said(/^\d titles on your hosts/);
    await page.getByRole('combobox', { name: 'Fleet', exact: true }).selectOption({ label: 'Hosts in no fleet' });
    await page.waitForURL(/fleet_id=0/);
    await page.getByRole('combobox', { name: 'Fleet', exact: true }).selectOption({ label: 'All fleets' });
    await page.waitForURL(/software$/);
  });

  test('all that match are chosen by one click', async () => {
    const { page } = watched;
    await open('/hosts?per_page=2');
    await page.getByLabel('Select all on this page').check();
    await said('2 hosts selected');
    await button('Select all 3 that match').click();
    await said('All 3 that match');
    await button('Delete').click();
    await said('Delete 3 hosts?');
    await button('Go back').click();
    await button('Select none').click();
    await page.getByLabel('Chosen hosts').waitFor({ state: 'detached' });
  });
}

function labels() {
  test('a label is made by hand, put on a host, and leads to its hosts', async () => {
    const { page } = watched;
    await open('/settings/labels');
    await button('New label').click();
    await dialog().getByLabel('Hosts become members').selectOption('manual');
    await dialog().getByLabel('Name').fill('lab');
    await dialog().getByLabel('Hosts', { exact: true }).fill('ada-laptop');
    expect(await violations(page)).toEqual([]);
    await button('Make the label').click();
    await heading('lab');
    await page.getByRole('link', { name: '1 host', exact: true }).click();
    await page.getByRole('button', { name: 'Remove the filter Label lab' }).waitFor();
    await eventually(names).toEqual(['ada-laptop']);
    await open('/hosts');
    await page.getByLabel('Select build-07').check();
    await button('Label').click();
    await dialog().getByLabel('Label').selectOption('lab');
    await button('Label 1 host').click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'Add a filter' }).selectOption({ label: 'lab' });
    await eventually(names).toEqual(['ada-laptop', 'build-07']);
  });

  test('a label by vitals finds its hosts itself', async () => {
    const { page } = watched;
    await open('/settings/labels');
    await button('New label').click();
    await dialog().getByLabel('Hosts become members').selectOption('host_vitals');
    await dialog().getByLabel('Name').fill('builders');
    await dialog().getByLabel('Is').fill('build-*');
    await button('Make the label').click();
    await said('Hosts whose host name is “build-*”');
    await page.getByRole('link', { name: '1 host', exact: true }).waitFor();
    await button('Delete').click();
    await button('Delete the label').click();
    await heading('Labels');
    await said('1 label of your own');
  });
}

function lists() {
  test('the columns of the list are kept with the account', async () => {
    const { page } = watched;
    await open('/hosts');
    await button('Columns').click();
    await page.getByRole('menuitemcheckbox', { name: 'Serial number' }).click();
    await page.getByRole('columnheader', { name: 'Serial number' }).waitFor();
    await page.reload();
    await page.getByRole('cell', { name: 'SERIAL-2' }).waitFor();
  });

  test('the list is exported as it is filtered', async () => {
    const { page } = watched;
    await open('/hosts?query=build');
    await button('Export').click();
    const link = page.getByRole('menuitem', { name: 'Hosts as CSV' });
    const answer = await watched.context.request.get(`${server.httpUrl}${await link.getAttribute('href')}`);
    expect(answer.headers()['content-type']).toContain('text/csv');
    const [, ...rows] = (await answer.text()).trim().split('\r\n');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('build-07');
  });

  test('a change of another host appears by itself, told by the server', async () => {
    const { page } = watched;
    await open('/hosts');
    await page.getByText('Live', { exact: true }).waitFor();
    await api.post('/api/v1/fleet/hosts/transfer', { fleet_id: 1, hosts: [await idOf('ada-laptop')] });
    await eventually(() => page.getByRole('row', { name: /ada-laptop/ }).innerText()).toContain('Design and film');
  });
}

const idOf = async (name: string): Promise<number | undefined> =>
  (await api.get<{ hosts: { id: number }[] }>(`/api/v1/fleet/hosts?query=${name}`)).hosts[0]?.id;

function settings() {
  test('the settings of the organisation are changed', async () => {
    const { page } = watched;
    await open('/settings/organisation');
    await page.getByLabel('Name of the organisation').fill('Example Limited');
    await page.getByLabel('Delete hosts that have been silent').check();
    await page.getByLabel('Days without a word').fill('60');
    await button('Save').click();
    await said('Settings of Example Limited');
    const { host_expiry_settings: kept } = await api.get<{ host_expiry_settings: object }>('/api/v1/fleet/config');
    expect(kept).toEqual({ host_expiry_enabled: true, host_expiry_window: 60 });
  });

  test('the activity tells of it, is filtered, and its chain is verified', async () => {
    const { page } = watched;
    await open('/activity');
    await said('made the fleet');
    await page.getByLabel('What').selectOption({ label: 'Transferred hosts' });
    await page.waitForURL(/type=transferred_hosts/);
    await said('moved build-07 to');
    await button('Verify the chain').click();
    await said(/activities verified, none altered/);
  });

  test('a fleet is deleted after it was said what becomes of its hosts', async () => {
    await open('/settings/fleets/1');
    await button('Delete').click();
    await said(/hosts are in no fleet afterwards/);
    expect(await violations(watched.page)).toEqual([]);
    await button('Delete the fleet').click();
    await heading('Fleets');
    await said('No fleets yet');
  });
}

function pages() {
  test.each([
    ['1280 pixels, light', 1280, 'light'],
    ['1280 pixels, dark', 1280, 'dark'],
    ['390 pixels, light', 390, 'light'],
    ['390 pixels, dark', 390, 'dark'],
  ] as const)('every page is accessible and fits at %s', async (_, width, colorScheme) => {
    const { page } = watched;
    await api.post('/api/v1/fleet/fleets', { name: `Fleet for ${width} ${colorScheme}` });
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const lists = [
      '/hosts?platform=linux&low_disk_space=100',
      '/software/changes',
      '/software/end-of-life',
      '/activity',
    ];
    const settings = ['profile', 'fleets', 'fleets/2', 'fleets/0', 'labels', 'labels/6', 'organisation', 'about'];
    expect(
      await unsoundPages(scene, [...lists, '/hosts/1?tab=changes', ...settings.map((name) => `/settings/${name}`)]),
    ).toEqual({});
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('no page complained: no script errors, nothing refused by the content policy', () => {
    expect(watched.complaints).toEqual([]);
  });
}
