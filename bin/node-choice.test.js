import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { chooseNode, runsTypeScript } from './node-choice.js';

it.each([
  ['v20.20.2', false],
  ['v22.17.9', false],
  ['v22.18.0', true],
  ['v23.5.0', false],
  ['v23.6.0', true],
  ['v24.0.0', true],
  ['v26.1.0', true],
])('Node %s runs TypeScript: %s', (version, expected) => {
  expect(runsTypeScript(version)).toBe(expected);
});

it('prefers its own Node, then the installed one', () => {
  const root = mkdtempSync(join(tmpdir(), 'flotilla-bin-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  expect(chooseNode(root, { version: 'v24.1.0', path: '/own' })).toBe('/own');
  expect(chooseNode(root, { version: 'v20.0.0', path: '/own' })).toBeNull();
  const folder = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'node'), '');
  expect(chooseNode(root, { version: 'v20.0.0', path: '/own' })).toBe(join(folder, 'node'));
});
