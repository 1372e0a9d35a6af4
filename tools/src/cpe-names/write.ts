import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { filesBelow } from '../files.ts';
import { repository } from '../repository.ts';
import { writeFiles } from '../written-file.ts';
import { collectNames } from './collect-names.ts';

/** Writes `engine/data/cpe-names.json` from the names in folders with gzipped feeds that have NVD's configurations. */
function main(folders: string[]): void {
  if (folders.length === 0) throw new Error('say which folders have gzipped feeds of NVD');
  const texts = folders.flatMap((folder) => filesBelow(folder, /json\.gz$/).flatMap(namesIn));
  const list = collectNames(texts);
  writeFiles([{ path: join(repository, 'engine/data/cpe-names.json'), text: `${JSON.stringify(list, null, 1)}\n` }]);
  console.log(`${Object.values(list).flatMap((products) => products.split(' ')).length} names`);
}

const CRITERIA = /"criteria":\s*("cpe:(?:[^"\\]|\\.)*")/g;

const namesIn = (path: string): string[] => [
  ...new Set(
    Array.from(gunzipSync(readFileSync(path)).toString().matchAll(CRITERIA), ([, text]) => JSON.parse(text ?? '""')),
  ),
];

main(process.argv.slice(2));
