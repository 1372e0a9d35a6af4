import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memoryFolder } from './memory-folder.js';

it('is none when memory is short', () => {
  expect(memoryFolder(1024 ** 3)).toBeNull();
});

it('can be written to where there is one', () => {
  const folder = memoryFolder();
  if (folder !== null) rmSync(mkdtempSync(join(folder, 'flotilla-bin-')), { recursive: true });
});
