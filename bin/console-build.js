import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseNode } from './node-choice.js';
import { repository } from './repository.js';
import { runQuietly } from './run-program.js';
import { hashOf, isFresh, writeStamp } from './stamp.js';

const web = join(repository, 'web');

/** Builds the console in `web/dist` when it is not from these sources. */
export async function ensureConsole(progress) {
  if (!existsSync(join(web, 'package.json'))) return;
  const stamp = join(web, 'dist', '.built-from');
  const hash = hashOf(repository, sources());
  if (isFresh(stamp, hash)) return;
  const script = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8')).scripts?.build;
  if (!script) return;
  progress.step('Building the console');
  const { program, args } = buildCommand(script, chooseNode());
  await runQuietly(program, args, { cwd: web });
  writeStamp(stamp, hash);
  progress.done();
}

/** What npm would do with the script, under the Node that runs Flotilla and without a shell. */
export function buildCommand(script, node) {
  const [name, ...args] = script.split(/\s+/);
  if (name === 'node') return { program: node, args };
  return { program: node, args: [join(repository, 'node_modules', '.bin', name), ...args] };
}

function sources() {
  const settings = readdirSync(web).filter((name) => /\.(ts|html|json)$/.test(name) && !name.includes('.test.'));
  const files = [...settings, 'src', 'public'].sort().map((name) => join('web', name));
  return [...files, join('contract', 'src'), 'package-lock.json'];
}
