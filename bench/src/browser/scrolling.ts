import { type SignedIn, withFreshPage } from './browser.ts';

export interface Scrolling {
  /** Milliseconds between one frame and the next. */
  frames: number[];
  /** Milliseconds of each task of the main thread above 50. */
  longTasks: number[];
  rows: number;
}

/** As an impatient hand turns the wheel: 83 rows a second. */
const PIXELS_A_SECOND = 3000;

/** Turns the wheel over a page from its top to its end. */
export const scroll = (signedIn: SignedIn, url: string): Promise<Scrolling> =>
  withFreshPage(signedIn, true, async (page) => {
    await page.goto(url, { waitUntil: 'commit' });
    await page.evaluate('probe.shown("[data-row]")');
    const height = await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight');
    const cdp = await page.context().newCDPSession(page);
    await page.evaluate('{ probe.endFrames = probe.watchFrames(); undefined }');
    await cdp.send('Input.synthesizeScrollGesture', {
      x: 700,
      y: 500,
      // The wheel stops at the end by itself.
      yDistance: -(height + 100),
      speed: PIXELS_A_SECOND,
      gestureSourceType: 'mouse',
    });
    const { isAtEnd, ...watched } = await page.evaluate<Omit<Scrolling, 'rows'> & { isAtEnd: boolean }>(
      'probe.endFrames()',
    );
    if (!isAtEnd) throw new Error(`the wheel did not reach the end of ${url}`);
    return { ...watched, rows: await page.locator('[data-row]').count() };
  });
