import type { Page } from 'playwright-core';
import { type SignedIn, withFreshPage } from './browser.ts';

/** What a person does with a list, in milliseconds until the new rows are drawn. */
export interface Answers {
  nextPage: number;
  sorting: number;
  /** The field waits 250 of these for more letters. */
  search: number;
}

/** A list, a column it is not sorted by at first, and the name of its search. */
export interface ListPlace {
  url: string;
  column: string;
  search: string;
}

/** Opens a list as often as asked and uses it; only its files are stored, every row is asked for anew. */
export const useList = (signedIn: SignedIn, { url, column, search }: ListPlace, times: number): Promise<Answers[]> =>
  withFreshPage(signedIn, true, async (page) => {
    const all: Answers[] = [];
    for (let time = 0; time < times; time += 1) {
      await page.goto(url, { waitUntil: 'commit' });
      await page.evaluate('probe.shown("[data-row]")');
      const nextPage = await otherRows(page, 'click', () => page.getByRole('button', { name: 'Next page' }).click());
      const header = page.getByRole('columnheader', { name: column });
      const sorting = await otherRows(page, 'click', () => header.getByRole('button').click());
      const name = await page.locator('[data-row]').nth(1).getByRole('link').first().innerText();
      const text = await otherRows(page, 'input', () => page.getByLabel(search, { exact: true }).fill(name));
      all.push({ nextPage, sorting, search: text });
    }
    return all;
  });

async function otherRows(page: Page, kind: 'click' | 'input', act: () => Promise<void>): Promise<number> {
  await page.evaluate(`{ probe.other = probe.otherRows('${kind}'); undefined }`);
  await act();
  return page.evaluate('probe.other');
}
