import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE = 300_000;

/** @throws Error when it is still not so after five minutes */
export async function waitUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`after five minutes it is still not so that ${what}`);
    await delay(200);
  }
}
