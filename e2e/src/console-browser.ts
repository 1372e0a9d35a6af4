import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...args, '--disable-component-update', '--disable-sync'],
  });

/** A page that keeps what a person would not see: errors of the console, of scripts, and of the content policy. */
export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  complaints: string[];
}

/** Answers that are part of a test are no complaint: wrong passwords, sessions that ended, fields that are refused. */
const expected = /Failed to load resource: the server responded with a status of (401|404|422)/;

export async function openPage(browser: Browser, size = { width: 1280, height: 800 }): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    console.error('content policy: ' + event.violatedDirective + ' ' + event.blockedURI))`);
  page.on('console', (message) => {
    const serious = message.type() === 'error' || message.type() === 'warning';
    if (serious && !expected.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, context, complaints };
}

/** Signs in without the form, by default as who set the server up. */
export async function signIn(
  { context }: WatchedPage,
  httpUrl: string,
  data = { email: 'ada@example.org', password: 'a-long-passphrase-1' },
): Promise<void> {
  const answer = await context.request.post(`${httpUrl}/api/v1/fleet/login`, { data });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
}

/** What axe has against the page, one line each; empty when nothing. */
export async function violations(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** By how many pixels the page is wider than the screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
