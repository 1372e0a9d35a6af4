import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { hashOf, isFresh, writeStamp } from './stamp.js';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flotilla-bin-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'src', 'dist'), { recursive: true });
  writeFileSync(join(root, 'src', 'a.ts'), 'a');
  writeFileSync(join(root, 'lock'), 'l');
});

it('changes with a content, a name or a new file, and not with what is built', () => {
  const inputs = ['src', 'lock', 'absent'];
  const before = hashOf(root, inputs);
  writeFileSync(join(root, 'src', 'dist', 'built.js'), 'x');
  expect(hashOf(root, inputs)).toBe(before);
  writeFileSync(join(root, 'src', 'a.ts'), 'b');
  const changed = hashOf(root, inputs);
  expect(changed).not.toBe(before);
  writeFileSync(join(root, 'src', 'b.ts'), '');
  expect(hashOf(root, inputs)).not.toBe(changed);
});

it('is fresh only with the hash it was written with', () => {
  const file = join(root, 'stamp');
  expect(isFresh(file, 'one')).toBe(false);
  writeStamp(file, 'one');
  expect(isFresh(file, 'one')).toBe(true);
  expect(isFresh(file, 'two')).toBe(false);
});
