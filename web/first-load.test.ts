import { expect, test } from 'vitest';
import { firstLoads } from './first-load.ts';

test('a page costs the entry, itself and what they import, each once', () => {
  const manifest = {
    'index.html': { file: 'main.js', isEntry: true, imports: ['shared'], css: ['main.css'] },
    shared: { file: 'shared.js' },
    'src/hosts/host-page.tsx': { file: 'host.js', imports: ['shared', 'index.html'], css: ['host.css'] },
    'src/frame/help.tsx': { file: 'help.js' },
  };
  const sizes = new Map(
    Object.entries({ 'main.js': 100, 'shared.js': 10, 'host.js': 1, 'main.css': 7, 'host.css': 2 }),
  );
  expect(firstLoads(manifest, sizes)).toEqual([
    { name: 'frame alone', script: 110, style: 7 },
    { name: 'src/hosts/host-page.tsx', script: 111, style: 9 },
  ]);
});
