import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLog, plainLine } from './child-log.js';

it('shows warnings, errors and what is no log line', () => {
  expect(plainLine('{"level":"info","msg":"ready"}')).toBeNull();
  expect(plainLine('')).toBeNull();
  expect(plainLine('{"level":"warn","msg":"database connection lost","err":{"message":"gone\\n away"}}')).toBe(
    'database connection lost: gone away',
  );
  expect(plainLine('{"level":"fatal","msg":"The port is taken","err":{"message":"EADDRINUSE"}}')).toBe(
    'The port is taken',
  );
  expect(plainLine('Segmentation fault')).toBe('Segmentation fault');
});

it('keeps one old log when it has grown large', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-bin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'logs', 'server.log');
  const write = (text) => new Promise((resolve) => openLog(file, 5).end(text, resolve));
  await write('one');
  await write('two');
  expect(readFileSync(file, 'utf8')).toBe('onetwo');
  expect(existsSync(`${file}.old`)).toBe(false);
  await write('three');
  expect(readFileSync(file, 'utf8')).toBe('three');
  expect(readFileSync(`${file}.old`, 'utf8')).toBe('onetwo');
  writeFileSync(file, 'longer');
  await write('x');
  expect(readFileSync(`${file}.old`, 'utf8')).toBe('longer');
});
