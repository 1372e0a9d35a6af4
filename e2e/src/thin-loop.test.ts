import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimelineEvent } from '@flotilla/contract/host-software';
import type { Policy } from '@flotilla/contract/policies';
import type { Proposal, Rollout } from '@flotilla/contract/updates';
import type { Finding } from '@flotilla/contract/vulnerabilities';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, setUp } from './api-client.ts';
import { launchBrowser, openPage, overflow, violations, type WatchedPage } from './console-browser.ts';
import {
  HELLO,
  type HelloPackages,
  helloPackages,
  installByHand,
  installedHello,
  purgeHello,
} from './hello-package.ts';
import { type HostTasks, hostTasks } from './host-tasks.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningAgent, startAgent } from './running-agent.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

const CVE = 'CVE-2026-7001';

/** From a vulnerable package on this very machine to a verified fix. */
describeWith(['dpkg', 'root', 'osquery-5.23', 'chromium'], 'the thin loop', () => {
  const folder = temporaryFolder();
  const mirror = join(folder, 'mirror');
  let server: RunningServer;
  let agent: RunningAgent;
  let api: ApiClient;
  let tasks: HostTasks;
  let packages: HelloPackages;
  let hostId = 0;
  let titleId = 0;

  beforeAll(async () => {
    purgeHello();
    mkdirSync(join(mirror, 'debian'), { recursive: true });
    mkdirSync(join(mirror, 'kev'));
    advise(null);
    packages = helloPackages(folder);
    server = await startServer({ FLOTILLA_FEEDS_URL: mirror });
    api = await setUp(server.httpUrl);
    tasks = hostTasks(server.httpUrl, api, () => hostId);
    agent = startAgent(server);
    hostId = await waitUntil('the host has reported', async () => {
      const { hosts } = await api.get<{ hosts: { id: number; software_updated_at: string }[] }>('/api/v1/fleet/hosts');
      return hosts[0] && hosts[0].software_updated_at > '2001' && hosts[0].id;
    });
  });

  afterAll(async () => {
    await agent?.stop();
    await server?.stop();
    purgeHello();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the mirror says of the package: fixed in a version, or nothing. */
  function advise(fixedVersion: string | null): void {
    const entry = { status: 'resolved', fixed_version: fixedVersion, urgency: 'not yet assigned' };
    const hello = fixedVersion === null ? {} : { [HELLO]: { [CVE]: { releases: { bookworm: entry } } } };
    const bash = { bash: { 'CVE-2099-0001': { releases: { bookworm: { ...entry, fixed_version: '0' } } } } };
    writeFileSync(join(mirror, 'debian/tracker.json'), JSON.stringify({ ...bash, ...hello }));
    const kev = {
      dateReleased: '2026-01-02T00:00:00.000Z',
      vulnerabilities: [
        { cveID: CVE, dateAdded: '2026-01-01', dueDate: '2026-01-22', knownRansomwareCampaignUse: 'Known' },
      ],
    };
    writeFileSync(join(mirror, 'kev/known_exploited_vulnerabilities.json'), JSON.stringify(kev));
  }

  const findings = async () =>
    (await api.get<{ findings: Finding[] }>(`/api/v1/flotilla/vulnerabilities/${CVE}/findings`)).findings;
  const versions = async () => {
    const path = `/api/v1/fleet/hosts/${hostId}/software?query=${HELLO}`;
    const { software } = await api.get<{ software: { id: number; installed_versions: { version: string }[] }[] }>(path);
    titleId = software[0]?.id ?? titleId;
    return software.flatMap((title) => title.installed_versions.map(({ version }) => version));
  };
  const timeline = async () =>
    (await api.get<{ events: TimelineEvent[] }>(`/api/v1/flotilla/hosts/${hostId}/timeline`)).events;

  /** 1.0 is on the machine and in its inventory, put there without Flotilla. */
  async function startWithOld(): Promise<void> {
    if (installedHello() !== null) purgeHello();
    installByHand(packages.build('1.0'));
    await api.post(`/api/v1/fleet/hosts/${hostId}/refetch`);
    await waitUntil('1.0 is in the inventory', async () => (await versions()).join() === '1.0');
  }

  const found = () => waitUntil('it is found', async () => (await findings())[0]);
  const closed = () => waitUntil('the finding is closed', async () => (await findings()).length === 0);

  describe('driven through the API alone', () => {
    test('a package that was installed by hand appears, and an advisory finds it within two seconds', async () => {
      await startWithOld();
      advise('1.1');
      await api.post('/api/v1/flotilla/feeds/update');
      const finding = await waitUntil('it is found', async () => (await findings())[0], 2);
      expect(finding).toMatchObject({
        name: HELLO,
        version: '1.0',
        verdict: 'affected',
        fix_version: '1.1',
        cisa_known_exploit: true,
        evidence: { feed: 'debian-security-tracker', key: `deb:debian-12:${HELLO}`, comparator: 'dpkg' },
      });
    });

    test('without a package it says what is missing; with one it proposes the update', async () => {
      const proposals = async () =>
        (await api.get<{ proposals: Proposal[] }>(`/api/v1/flotilla/vulnerabilities/${CVE}/updates`)).proposals;
      expect(await proposals()).toMatchObject([
        {
          title_id: titleId,
          hosts_count: 1,
          fix_version: '1.1',
          package: null,
          why_not: expect.stringContaining('1.1'),
        },
      ]);
      await tasks.upload(packages.build('1.1'));
      expect(await proposals()).toMatchObject([
        { title_id: titleId, hosts_count: 1, package: { version: '1.1' }, why_not: '' },
      ]);
    });

    test('a rollout installs it within seconds, inventory verifies it, and the finding closes', async () => {
      const { rollout } = await api.post<{ rollout: Rollout }>('/api/v1/flotilla/rollouts', {
        title_id: titleId,
        cve: CVE,
      });
      const done = await waitUntil('the rollout is done', async () => {
        const answer = await api.get<{ rollout: Rollout }>(`/api/v1/flotilla/rollouts/${rollout.id}`);
        return answer.rollout.state === 'done' && answer.rollout;
      });
      expect(done.rings.map((ring) => ring.funnel.verified)).toEqual([1, 0]);
      expect(installedHello()).toBe('1.1');
      await closed();
      expect(await versions()).toEqual(['1.1']);
    });

    test('the timeline tells all of it', async () => {
      const events = await timeline();
      const told = events.flatMap((event) => {
        if (event.kind === 'task') return [`task ${event.task?.to}`];
        if (event.kind === 'findings_changed')
          return event.findings.opened.includes(CVE)
            ? ['opened']
            : event.findings.closed.includes(CVE)
              ? ['closed']
              : [];
        return event.changes
          .filter((change) => change.name === HELLO)
          .map((change) => `${change.previous_version} → ${change.version}`);
      });
      const inOrder = told.toReversed();
      expect(inOrder.filter((text) => !text.startsWith('task'))).toEqual([
        'null → 1.0',
        'opened',
        '1.0 → 1.1',
        'closed',
      ]);
      expect(inOrder.filter((text) => text.startsWith('task'))).toEqual([
        'task queued',
        'task running',
        'task reported',
        'task verified',
      ]);
    });

    test('undo by uninstall works', async () => {
      const task = await tasks.ended(await tasks.uninstall(titleId));
      expect(task).toMatchObject({ kind: 'uninstall', state: 'verified' });
      expect(installedHello()).toBeNull();
      expect(await versions()).toEqual([]);
    });
  });

  describe('driven by a policy', () => {
    test.each([
      [
        'by SQL',
        { query: `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM deb_packages WHERE name = '${HELLO}' AND version = '1.0')` },
      ],
      ['version at least', { type: 'version' }],
    ])(
      '%s: the host that begins to fail gets the package, and passes',
      async (_kind, rule: { type?: string; query?: string }) => {
        await startWithOld();
        await found();
        const version_rule = { software_title_id: titleId, minimum_version: '1.1' };
        const { policy } = await api.post<{ policy: Policy }>('/api/v1/fleet/fleets/0/policies', {
          name: `hello ${rule.type ?? 'sql'}`,
          ...rule,
          ...(rule.type === 'version' && { version_rule }),
          software_title_id: titleId,
        });
        const path = `/api/v1/flotilla/policies/${policy.id}`;
        await waitUntil(
          'the host passes',
          async () => {
            const { policy: now } = await api.get<{ policy: Policy }>(path);
            if (rule.type !== 'version') await api.post(`/api/v1/fleet/hosts/${hostId}/refetch`);
            return now.passing_host_count === 1 && now.failing_host_count === 0 && installedHello() === '1.1';
          },
          120,
        );
        await closed();
        const told = (await timeline()).filter((event) => event.policy?.id === policy.id);
        expect(told.map((event) => event.policy?.response).toReversed()).toEqual(['fail', 'pass']);
        await api.post('/api/v1/fleet/fleets/0/policies/delete', { ids: [policy.id] });
      },
    );
  });

  describe('driven by a person in the console', () => {
    let browser: Browser;
    let watched: WatchedPage;

    beforeAll(async () => {
      browser = await launchBrowser();
      watched = await openPage(browser);
      await watched.context.addCookies([{ name: 'flotilla', value: api.token, url: server.httpUrl }]);
    });
    afterAll(() => browser?.close());

    const open = (path: string) => watched.page.goto(`${server.httpUrl}${path}`);
    const button = (name: string) => watched.page.getByRole('button', { name, exact: true });

    test('from the page of the CVE one button proposes the rollout, and the next one starts it', async () => {
      await startWithOld();
      await found();
      await open(`/vulnerabilities/${CVE}`);
      await button('Update 1 host to 1.1').click();
      await button('Start on 1 host').click();
      await watched.page.waitForURL(/\/updates\/rollouts\/\d+/);
      await watched.page.getByText('Every ring has passed').waitFor({ timeout: 60_000 });
      expect(installedHello()).toBe('1.1');
      await closed();
      expect(await violations(watched.page)).toEqual([]);
    });

    test('the page of the host updates it, shows how far it is, and takes it away again', async () => {
      await startWithOld();
      await open(`/hosts/${hostId}?tab=library`);
      await button(`Update ${HELLO}`).click();
      await button(`Reinstall ${HELLO}`).waitFor({ timeout: 60_000 });
      expect(installedHello()).toBe('1.1');
      await closed();
      await button(`Uninstall ${HELLO}`).click();
      await watched.page
        .getByRole('dialog')
        .getByRole('button', { name: `Uninstall ${HELLO}` })
        .click();
      await button(`Install ${HELLO}`).waitFor({ timeout: 60_000 });
      expect(installedHello()).toBeNull();
      expect(watched.complaints).toEqual([]);
    });

    test('every page about it is sound, wide and narrow', async () => {
      const paths = [
        '/library',
        '/policies',
        '/policies/new',
        '/updates',
        '/updates/rollouts/1',
        '/activity',
        `/hosts/${hostId}?tab=library`,
        `/hosts/${hostId}?tab=policies`,
        `/hosts/${hostId}?tab=timeline`,
        `/software/titles/${titleId}`,
      ];
      for (const width of [1280, 390]) {
        await watched.page.setViewportSize({ width, height: 800 });
        for (const path of paths) {
          await open(path);
          await watched.page.getByRole('heading', { level: 1 }).waitFor();
          await watched.page.waitForLoadState('networkidle');
          expect(await violations(watched.page), path).toEqual([]);
          expect(await overflow(watched.page), path).toBeLessThanOrEqual(0);
        }
      }
      expect(watched.complaints).toEqual([]);
    });
  });

  test('a package whose own script fails says so with its output, waits for its next attempt, and can be cancelled', async () => {
    const bad = await tasks.upload(packages.build('1.2', 'exit 3'));
    const path = `/api/v1/fleet/hosts/${hostId}/software/${titleId}/install?installer_id=${bad.installer_id}`;
    const { task_id: id } = await api.post<{ task_id: string }>(path);
    const failed = await waitUntil('the attempt failed', async () => {
      const task = await tasks.task(id);
      return task.results.length > 0 && task;
    });
    expect(failed).toMatchObject({ state: 'queued', attempt: 2, reason: expect.stringContaining('attempt 2 of 3') });
    expect(failed.results[0]).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('exit code') });
    expect(failed.results[0]?.steps[0]?.output).toContain(HELLO);
    await api.delete(`/api/v1/fleet/hosts/${hostId}/activities/upcoming/${id}`);
    expect(await tasks.task(id)).toMatchObject({ state: 'cancelled' });
  });
});
