import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FLOTILLA = fileURLToPath(new URL('../../bin/flotilla.js', import.meta.url));
const run = promisify(execFile);

/** Runs `flotilla`. @returns what it printed @throws Error with what it said when it fails */
export const flotilla = async (environment: Record<string, string>, ...args: string[]): Promise<string> =>
  (await run(process.execPath, [FLOTILLA, ...args], { env: environment })).stdout;
