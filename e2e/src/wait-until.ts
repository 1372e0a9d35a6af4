const POLL_MS = 100;

/**
 * Asks again until there is an answer other than null, undefined and false; what `ask` throws counts as no answer.
 * @throws Error naming what was waited for, with the last error
 */
export async function waitUntil<T>(
  what: string,
  ask: () => T | Promise<T>,
  seconds = 60,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) {
        return answer as Exclude<T, null | undefined | false>;
      }
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  } while (Date.now() < deadline);
  throw new Error(`waited ${seconds} s in vain until ${what}; last: ${last}`);
}
