import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { administrator, type RunningServer } from '../server/running-server.ts';

const CHROMIUM = '/usr/bin/chromium';
const PROBE = fileURLToPath(new URL('probe.js', import.meta.url));
const QUIET = ['--no-sandbox', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
const SCREEN = { width: 1280, height: 800 };
const PATIENCE = 120_000;

/** A browser that somebody has signed in with. */
export interface SignedIn {
  browser: Browser;
  cdp: CDPSession;
  cookies: Awaited<ReturnType<BrowserContext['storageState']>>;
}

/** Opens a browser without a window, signs in as the administrator, and closes it after `work`. */
export async function withBrowser<T>({ origin }: RunningServer, work: (signedIn: SignedIn) => Promise<T>): Promise<T> {
  if (!existsSync(CHROMIUM)) throw new Error(`there is no ${CHROMIUM}: install the Debian package chromium`);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  try {
    const context = await browser.newContext();
    const answer = await context.request.post(`${origin}/api/v1/fleet/login`, { data: administrator });
    if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
    const cookies = await context.storageState();
    await context.close();
    return await work({ browser, cdp: await browser.newBrowserCDPSession(), cookies });
  } finally {
    await browser.close();
  }
}

/** Gives `work` a page of a profile that has nothing stored, but for the session of who signed in. */
export async function withFreshPage<T>(
  { browser, cookies }: SignedIn,
  isSignedIn: boolean,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: SCREEN, storageState: isSignedIn ? cookies : undefined });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    await page.addInitScript({ path: PROBE });
    return await work(page);
  } finally {
    await context.close();
  }
}

/** CPU seconds of each process of the browser so far. */
async function cpuByProcess({ cdp }: SignedIn): Promise<Map<number, number>> {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime]));
}

/** CPU seconds of all processes of the browser during `work`, in which no page may be closed. */
export async function browserCpuOf<T>(signedIn: SignedIn, work: () => Promise<T>): Promise<{ cpu: number; result: T }> {
  const before = await cpuByProcess(signedIn);
  const result = await work();
  const after = await cpuByProcess(signedIn);
  const cpu = [...after].reduce((sum, [id, seconds]) => sum + seconds - (before.get(id) ?? 0), 0);
  return { cpu, result };
}
