import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { repository } from '../repository.ts';
import type { Findings } from './step.ts';

const require = createRequire(import.meta.url);

/** A program of an installed package, by the path inside it. */
export const programOf = (name: string, path: string) => join(dirname(require.resolve(`${name}/package.json`)), path);

/** Runs a JavaScript program in the repository; what it prints is the problem when it fails. */
export function runProgram(path: string, args: string[]): Promise<Findings> {
  return new Promise((resolve) => {
    const options = { cwd: repository, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [path, ...args], options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve({ problems: error ? [output || error.message] : [] });
    });
  });
}
