import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSequence } from './sequence.ts';

it('grows with each call, over restarts, and when its file is lost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const seen: number[] = [];
  for (let start = 0; start < 3; start += 1) {
    const next = createSequence(folder);
    for (let call = 0; call < 1500; call += 1) seen.push(next());
  }
  expect(seen.every((number, index) => index === 0 || number > (seen[index - 1] ?? 0))).toBe(true);
  const unwritable = createSequence(join(folder, 'missing'));
  expect(unwritable()).toBeLessThan(unwritable());
  writeFileSync(join(folder, 'sequence'), 'damaged');
  expect(createSequence(folder)()).toBeGreaterThan(0);
});
