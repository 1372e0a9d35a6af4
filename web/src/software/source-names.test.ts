import { expect, test } from 'vitest';
import { sourceName, sources } from './source-names.ts';

test('sources have plain names', () => {
  expect(sourceName('deb_packages')).toBe('Debian package');
  expect(sourceName('npm_packages')).toBe('npm package');
});

test('an extension names the program it extends', () => {
  expect(sourceName('chrome_extensions', 'edge')).toBe('Edge extension');
  expect(sourceName('vscode_extensions', 'cursor')).toBe('Cursor extension');
  expect(sourceName('chrome_extensions', 'unheard_of')).toBe('Browser extension');
});

test('an unknown source is spelled out', () => {
  expect(sourceName('guix_packages')).toBe('Guix packages');
});

test('sources to choose from are in the order of their names', () => {
  expect(sources.map((s) => s.label)).toEqual(
    [...sources.map((s) => s.label)].sort((a, b) => a.localeCompare(b, 'en')),
  );
});
