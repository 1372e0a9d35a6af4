import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createOnce, writeWhole } from './write-whole.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'flotilla-agent-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

it('replaces a file as a whole and keeps others out', () => {
  const file = join(folder(), 'key');
  writeWhole(file, 'one');
  writeWhole(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('lets only the first create a file, and leaves nothing else', () => {
  const place = folder();
  expect(createOnce(join(place, 'begun'), 'first')).toBe(true);
  expect(createOnce(join(place, 'begun'), 'second')).toBe(false);
  expect(readFileSync(join(place, 'begun'), 'utf8')).toBe('first');
  expect(readdirSync(place)).toEqual(['begun']);
});
