import { expect, it } from 'vitest';
import { concurrently } from './concurrently.ts';

it('does everything once, and no more at a time than allowed', async () => {
  let [running, most] = [0, 0];
  const done: number[] = [];
  await concurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('passes a failure on', async () => {
  const failing = concurrently([1, 2], 1, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
});
