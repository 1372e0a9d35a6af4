import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireNode } from './launch.js';
import { repository } from './repository.js';
import { runQuietly } from './run-program.js';
import { hashOf, isFresh, writeStamp } from './stamp.js';

/** Builds the console in `web/dist` when it is not from these sources. */
export const ensureConsole = (progress) =>
  ensureBuilt({ room: 'web', text: 'Building the console', more: ['web/public', 'contract/src'] }, progress);

/** Builds the agent in `agent/dist` when it is not from these sources. */
export const ensureAgent = (progress) => ensureBuilt({ room: 'agent', text: 'Building the agent', more: [] }, progress);

async function ensureBuilt({ room, text, more }, progress) {
  const folder = join(repository, room);
  const stamp = join(folder, 'dist', '.built-from');
  const hash = hashOf(repository, [...sourcesOf(room), ...more, 'package-lock.json']);
  if (isFresh(stamp, hash)) return;
  progress.step(text);
  const script = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).scripts.build;
  const { program, args } = buildCommand(script, requireNode());
  await runQuietly(program, args, { cwd: folder });
  writeStamp(stamp, hash);
  progress.done();
}

/** What npm would do with the script, under the Node that runs Flotilla and without a shell. */
export function buildCommand(script, node) {
  const [name, ...args] = script.split(/\s+/);
  if (name === 'node') return { program: node, args };
  return { program: node, args: [join(repository, 'node_modules', '.bin', name), ...args] };
}

function sourcesOf(room) {
  const settings = readdirSync(join(repository, room)).filter(
    (name) => /\.(ts|html|json)$/.test(name) && !name.includes('.test.'),
  );
  return [...settings, 'src'].sort().map((name) => join(room, name));
}
