import { expect, it } from 'vitest';
import { createWake } from './wake.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;

it('ends the pause it is called in, and the next one once for all calls between', async () => {
  const wake = createWake();
  const pause = wake.wait(HOUR, never);
  wake.call();
  await pause;
  wake.call();
  wake.call();
  await wake.wait(HOUR, never);
  let isOver = false;
  const next = wake.wait(HOUR, never).then(() => {
    isOver = true;
  });
  await new Promise(setImmediate);
  expect(isOver).toBe(false);
  wake.call();
  await next;
});

it('ends with the time and with the signal', async () => {
  const wake = createWake();
  await wake.wait(1, never);
  await wake.wait(HOUR, AbortSignal.abort());
  const stopping = new AbortController();
  const pause = wake.wait(HOUR, stopping.signal);
  stopping.abort();
  await pause;
});
