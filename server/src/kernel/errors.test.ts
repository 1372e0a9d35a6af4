import { globSync, readFileSync } from 'node:fs';
import { errors } from '@flotilla/contract/errors';
import { expect, test } from 'vitest';

test('every error of the contract is thrown somewhere, and no other', () => {
  const folder = new URL('..', import.meta.url).pathname;
  const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
  const text = files.map((file) => readFileSync(folder + file, 'utf8')).join('\n');
  const thrown = [...text.matchAll(/new AppError\(\s*'(\w+)'|[^/]\berrors\.(\w+)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  expect([...new Set(thrown)].sort()).toEqual(Object.keys(errors).sort());
});
