import type { Page, Request } from 'playwright-core';
import { browserCpuOf, type SignedIn, withFreshPage } from './browser.ts';

/** A page of the console, and what a person waits for there. */
export interface Place {
  name: string;
  url: string;
  selector: string;
  isSignedIn: boolean;
}

export interface FirstLoad {
  /** From the navigation until what one waits for is drawn, and until the main thread then rests. */
  shown: number;
  interactive: number;
  browserCpu: number;
  /** Over the wire, without headers. */
  bytes: { script: number; style: number; font: number };
  /** Addresses of scripts and styles that were sent without brotli. */
  plain: string[];
}

/** Opens a page in a profile that has nothing stored. */
export const loadFirst = (signedIn: SignedIn, { url, selector, isSignedIn }: Place): Promise<FirstLoad> =>
  withFreshPage(signedIn, isSignedIn, async (page) => {
    const requests: Request[] = [];
    page.on('requestfinished', (request) => requests.push(request));
    await page.addInitScript(`probe.first = probe.shown(${JSON.stringify(selector)})`);
    const { cpu, result } = await browserCpuOf(signedIn, () => navigate(page, url));
    return { ...result, browserCpu: cpu, ...(await weigh(requests)) };
  });

async function navigate(page: Page, url: string): Promise<{ shown: number; interactive: number }> {
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate('probe.first');
}

const kinds = { script: 'script', stylesheet: 'style', font: 'font' } as const;

async function weigh(requests: Request[]): Promise<Pick<FirstLoad, 'bytes' | 'plain'>> {
  const bytes = { script: 0, style: 0, font: 0 };
  const plain: string[] = [];
  for (const request of requests) {
    const kind = kinds[request.resourceType() as keyof typeof kinds];
    if (kind === undefined) continue;
    const { responseBodySize } = await request.sizes();
    bytes[kind] += responseBodySize;
    const encoding = await (await request.response())?.headerValue('content-encoding');
    if (kind !== 'font' && encoding !== 'br') plain.push(new URL(request.url()).pathname);
  }
  return { bytes, plain };
}
