import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.js';

/** Whether a Node of this version runs TypeScript files directly, without flags. */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  if (major === 22) return minor >= 18;
  return major === 23 ? minor >= 6 : major >= 24;
}

/**
 * The Node that runs Flotilla: the one of this process, or the one npm installed.
 * @returns its path, or null when there is none that is new enough
 */
export function chooseNode(root = repository, current = { version: process.version, path: process.execPath }) {
  if (runsTypeScript(current.version)) return current.path;
  const installed = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return existsSync(installed) ? installed : null;
}

/** For a person, when `chooseNode` finds none. */
export function missingNode() {
  return `Flotilla needs Node 22.18 or newer and this is ${process.version}: install one, or run \`npm ci --ignore-scripts\` here, which brings one for Linux`;
}
