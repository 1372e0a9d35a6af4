import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseNode } from './node-choice.js';
import { repository } from './repository.js';
import { ProgramFailed, runQuietly } from './run-program.js';
import { hashOf, isFresh, writeStamp } from './stamp.js';

/** npm says most at the start. */
const ESSENCE_LINES = 12;

/**
 * Installs the dependencies when they are not the ones of the lock file; offline and silent when they are.
 * @param {{ step(text: string): void, done(): void }} progress
 */
export async function ensureDependencies(progress) {
  const stamp = join(repository, 'node_modules', '.flotilla-installed');
  const hash = hashOf(repository, ['package-lock.json']);
  if (isFresh(stamp, hash) && chooseNode()) return;
  if (!isInstalled(repository) || !chooseNode()) {
    progress.step('Installing dependencies');
    await install();
    progress.done();
  }
  writeStamp(stamp, hash);
}

/** Install scripts are never needed, so they are not trusted. */
async function install() {
  const [program, ...args] = npmCommand();
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    // It empties node_modules first, and with it the stamp.
    await runQuietly(program, [...args, ...options], { cwd: repository });
  } catch (error) {
    throw error instanceof ProgramFailed ? new ProgramFailed(essence(error.message)) : error;
  }
}

/** npm prints its usage and warnings around what went wrong. */
function essence(output) {
  const lines = output.split('\n').filter((line) => line.startsWith('npm error') && line.length > 'npm error '.length);
  return lines.slice(0, ESSENCE_LINES).join('\n') || output;
}

/**
 * Whether npm itself says, in the list it writes last, that all of the lock file is installed. What is optional may be
 * missing: it is for other platforms.
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const found = present[path];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && Boolean(found.link) === Boolean(entry.link);
  });
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const { npm_execpath: script } = process.env;
  return script?.endsWith('.js') && existsSync(script) ? [process.execPath, script] : ['npm'];
}
