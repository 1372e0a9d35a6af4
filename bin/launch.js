import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from './data-folder.js';
import { chooseNode, missingNode } from './node-choice.js';
import { repository } from './repository.js';

/** Built by `ensureAgent`: what runs for good on every host holds no compiler in memory. */
export const AGENT = 'agent/dist/main.js';

const mains = {
  serve: 'server/src/main.ts',
  agent: AGENT,
  backup: 'server/src/commands/backup.ts',
  restore: 'server/src/commands/restore.ts',
  doctor: 'server/src/commands/doctor.ts',
  keys: 'server/src/commands/keys.ts',
  rejudge: 'server/src/commands/rejudge.ts',
  'reset-password': 'server/src/commands/reset-password.ts',
};

/** The program of a command and what is left for it; every other command is the CLI's. */
export function programFor([command = '', ...rest]) {
  if (Object.hasOwn(mains, command)) return { file: mains[command], args: rest };
  return { file: 'cli/src/main.ts', args: command ? [command, ...rest] : [] };
}

/** The environment of every program: it always knows its data folder. */
export function environmentFor(environment = process.env) {
  const isRoot = process.getuid?.() === 0;
  return { ...environment, FLOTILLA_DATA_DIR: dataFolder({ environment, isRoot, home: homedir() }) };
}

/**
 * Starts a file of the repository.
 * @throws when there is no Node that runs it, or the dependencies are missing
 */
export function launch(file, args, options) {
  return spawn(requireNode(), [...nodeFlags, join(repository, file), ...args], { env: environmentFor(), ...options });
}

/**
 * The Node that runs Flotilla.
 * @throws when there is none, or the dependencies are missing
 */
export function requireNode() {
  if (!existsSync(join(repository, 'node_modules'))) {
    throw new Error(`The dependencies of Flotilla are not installed: run \`npm ci --ignore-scripts\` in ${repository}`);
  }
  const node = chooseNode();
  if (!node) throw new Error(missingNode());
  return node;
}

/** Node 22 calls its type stripping experimental at every start. */
export const nodeFlags = ['--disable-warning=ExperimentalWarning'];

/** Lets a child stand in for this process: same terminal, same signals, same messages, same end. */
export function standIn(child) {
  // Ctrl-C reaches the child by itself; a signal to this process alone must be passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.send) {
    child.on('message', (message) => process.send(message));
    process.once('disconnect', () => child.connected && child.disconnect());
  }
  child.once('error', (error) => fail(error.message));
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 1 : code;
    if (process.connected) process.disconnect();
  });
}

/** One line and the end of this process. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
