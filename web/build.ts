import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { firstLoads, type Manifest } from './first-load.ts';

const limit = 180 * 1024;
const dist = join(import.meta.dirname, 'dist');

await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });

/** Size of each file after compression, by its path in `dist`. */
const sizes = new Map<string, number>();
for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html|svg)$/.test(path)) continue;
  const plain = readFileSync(join(dist, path));
  const packed = brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
  writeFileSync(join(dist, `${path}.br`), packed);
  sizes.set(path.replaceAll('\\', '/'), packed.length);
}

const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
rmSync(join(dist, '.vite'), { recursive: true });

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(6)} KB`;
let worst = 0;
for (const page of firstLoads(manifest, sizes)) {
  worst = Math.max(worst, page.script);
  console.log(`${kilobytes(page.script)} script ${kilobytes(page.style)} style  ${page.name}`);
}
console.log(`First load at most ${kilobytes(worst).trim()} of script, compressed (limit ${kilobytes(limit).trim()})`);
if (worst > limit) {
  console.error('The first load is too large: load parts of it by route.');
  process.exitCode = 1;
}
