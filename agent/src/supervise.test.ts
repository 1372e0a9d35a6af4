import { expect, it } from 'vitest';
import { createLog } from './log.ts';
import { pauseAfter, supervise } from './supervise.ts';

it('waits longer with each early end, and little after a long run', () => {
  const pauses = [0, 0, 0].reduce<number[]>((all) => [...all, pauseAfter(100, all.at(-1) ?? 0)], []);
  expect(pauses).toEqual([1000, 2000, 4000]);
  expect(pauseAfter(100, 60_000)).toBe(60_000);
  expect(pauseAfter(61_000, 60_000)).toBe(1000);
});

it('starts the program again, says when it could not enrol, and ends it when told to', async () => {
  const lines: { msg: string; code?: number; text?: string }[] = [];
  const stopping = new AbortController();
  const log = createLog((line) => {
    const entry = JSON.parse(line);
    lines.push(entry);
    if (lines.filter(({ msg }) => msg === 'osquery said').length === 2) stopping.abort();
  });
  const script = 'console.log("W1123 20:15:42.000000  12 a_b.cpp:7] hello"); process.exitCode = 78';
  await supervise(
    { program: process.execPath, args: ['-e', script] },
    { signal: stopping.signal, log, progress: () => {} },
  );
  expect(lines.filter(({ msg }) => msg === 'osquery started').length).toBe(2);
  expect(lines).toContainEqual(expect.objectContaining({ msg: 'osquery said', severity: 'W', text: 'hello' }));
  expect(lines.find(({ code }) => code === 78)?.msg).toMatch(/could not enrol/);
});
