import type { Browser } from 'playwright-core';
import { type ApiClient, setUp } from './api-client.ts';
import { launchBrowser, openPage, overflow, signIn, violations, type WatchedPage } from './console-browser.ts';
import { enrol, type ReportingHost, threeHosts } from './console-hosts.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** A server that is set up, and what hosts enrol with at it. */
export interface SetUpServer {
  server: RunningServer;
  api: ApiClient;
  enrolSecret: string;
}

/** Such a server, and a browser that is signed in to its console. */
export interface ConsoleScene extends SetUpServer {
  browser: Browser;
  watched: WatchedPage;
  stop(): Promise<void>;
}

export async function startSetUpServer(given: Record<string, string> = {}): Promise<SetUpServer> {
  const server = await startServer(given);
  const api = await setUp(server.httpUrl);
  const { spec } = await api.get<{ spec: { secrets: { secret: string }[] } }>('/api/v1/fleet/spec/enroll_secret');
  return { server, api, enrolSecret: spec.secrets[0]?.secret ?? '' };
}

export async function startConsole(): Promise<ConsoleScene> {
  const setUpServer = await startSetUpServer();
  const { server } = setUpServer;
  const browser = await launchBrowser();
  const watched = await openPage(browser);
  await signIn(watched, server.httpUrl);
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  return { ...setUpServer, browser, watched, stop };
}

/** Enrols three hosts, each of which has reported once. */
export async function enrolThree({
  server,
  enrolSecret,
}: Pick<SetUpServer, 'server' | 'enrolSecret'>): Promise<ReportingHost[]> {
  const reporting = await Promise.all(threeHosts.map((host) => enrol(server.httpUrl, enrolSecret, host)));
  for (const host of reporting) await host.report();
  return reporting;
}

type Shown = Pick<ConsoleScene, 'server' | 'watched'>;

/** What a person does and reads on a page; the scene is there only once tests run. */
export function useConsole(scene: () => Shown) {
  const page = () => scene().watched.page;
  return {
    open: (path: string) => page().goto(`${scene().server.httpUrl}${path}`),
    said: (text: string | RegExp) => page().getByText(text).first().waitFor(),
    button: (name: string | RegExp) => page().getByRole('button', { name, exact: true }),
    heading: (name: string) => page().getByRole('heading', { level: 1, name, exact: true }).waitFor(),
    dialog: () => page().getByRole('dialog'),
  };
}

/** Opens one page after the other. @returns what is not accessible or wider than the screen, by page */
export async function unsoundPages({ server, watched: { page } }: Shown, paths: readonly string[]) {
  const found: Record<string, { violations: string[]; overflow: number }> = {};
  for (const path of paths) {
    await page.goto(`${server.httpUrl}${path}`);
    await page.locator('h1').waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    const seen = { violations: await violations(page), overflow: await overflow(page) };
    if (seen.violations.length > 0 || seen.overflow > 0) found[path] = seen;
  }
  return found;
}
