import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/** A file that is written by a program and kept in the repository. */
export interface WrittenFile {
  path: string;
  text: string;
}

/** Writes those that differ and says which. */
export function writeFiles(files: WrittenFile[]): void {
  for (const file of files) {
    const name = relative(process.cwd(), file.path);
    if (isCurrent(file)) {
      console.log(`${name} is up to date`);
      continue;
    }
    mkdirSync(dirname(file.path), { recursive: true });
    writeFileSync(file.path, file.text);
    console.log(`${name} written`);
  }
}

/** One problem for each file that is missing or differs, with the first line that does. */
export function compareFiles(files: WrittenFile[], command: string): string[] {
  return files
    .filter((file) => !isCurrent(file))
    .map((file) => `${relative(process.cwd(), file.path)}: ${firstDifference(file)}; run ${command}`);
}

const isCurrent = (file: WrittenFile) => existsSync(file.path) && readFileSync(file.path, 'utf8') === file.text;

function firstDifference(file: WrittenFile): string {
  if (!existsSync(file.path)) return 'is missing';
  const kept = readFileSync(file.path, 'utf8').split('\n');
  const made = file.text.split('\n');
  const line = made.findIndex((text, index) => text !== kept[index]);
  const at = line === -1 ? made.length : line;
  return `line ${at + 1} is "${kept[at] ?? ''}" and should be "${made[at] ?? ''}"`;
}
