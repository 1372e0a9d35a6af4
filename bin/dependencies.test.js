import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { isInstalled } from './dependencies.js';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flotilla-bin-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'node_modules'));
});

const wanted = {
  '': { name: 'root' },
  web: { name: 'web' },
  'node_modules/web': { resolved: 'web', link: true },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
  'node_modules/for-another-platform': { version: '1.0.0', optional: true },
};
const write = (file, packages) => writeFileSync(join(root, file), JSON.stringify({ packages }));

it('is installed when npm lists all that is not optional', () => {
  write('package-lock.json', wanted);
  expect(isInstalled(root)).toBe(false);
  const { 'node_modules/for-another-platform': _, '': __, ...present } = wanted;
  write('node_modules/.package-lock.json', present);
  expect(isInstalled(root)).toBe(true);
});

it('is not installed when a version is another or a nested one is missing', () => {
  write('package-lock.json', wanted);
  write('node_modules/.package-lock.json', { ...wanted, 'node_modules/a': { version: '1.0.1' } });
  expect(isInstalled(root)).toBe(false);
  const { 'node_modules/a/node_modules/b': _, ...present } = wanted;
  write('node_modules/.package-lock.json', present);
  expect(isInstalled(root)).toBe(false);
});
