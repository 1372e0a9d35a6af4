import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DatabaseUser } from './database-user.ts';
import { EmbeddedPostgresError, lastWords } from './embedded-error.ts';
import { removeAbandoned, temporaryName } from './temporary.ts';

export const SUPERUSER = 'flotilla';

const run = promisify(execFile);

/** `trust` is sound because the only way in is a socket in a folder of the database's user alone. */
const INITDB_FLAGS = [
  ...['-U', SUPERUSER],
  ...['-A', 'trust'],
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/**
 * PostgreSQL reads the files of its own major version only.
 * @throws EmbeddedPostgresError when the data are of another one
 */
export async function checkMajor(root: string, major: string): Promise<void> {
  const found = await majorsOf(root);
  const other = found.find((cluster) => cluster.version !== major);
  if (!other || found.some((cluster) => cluster.folder === major && cluster.version === major)) return;
  throw new EmbeddedPostgresError(
    `The database in ${join(root, other.folder)} is of PostgreSQL ${other.version} and this Flotilla brings ${major}: start the Flotilla release that made it, or set FLOTILLA_DATA_DIR to a new folder`,
  );
}

async function majorsOf(root: string): Promise<{ folder: string; version: string }[]> {
  const folders = (await readdir(root)).filter((name) => /^\d+$/.test(name));
  return Promise.all(
    folders.map(async (folder) => {
      const text = await readFile(join(root, folder, 'PG_VERSION'), 'utf8').catch(() => folder);
      return { folder, version: text.trim() };
    }),
  );
}

/** Makes the cluster under another name and renames it, so that one that exists is whole. */
export async function createCluster(
  cluster: string,
  options: { programs: string; user: DatabaseUser; progress: (text: string) => void },
): Promise<void> {
  await removeAbandoned(cluster, 'init');
  if (existsSync(cluster)) return;
  options.progress('Creating the database');
  const fresh = temporaryName(cluster, 'init');
  const { ids } = options.user;
  try {
    await mkdir(fresh, { mode: 0o700 });
    if (ids) await chown(fresh, ids.uid, ids.gid);
    await run(join(options.programs, 'initdb'), ['-D', fresh, ...INITDB_FLAGS], { ...ids, cwd: '/', env: cleanEnv() });
    await rename(fresh, cluster);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process may have made it first.
    if (existsSync(cluster)) return;
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new EmbeddedPostgresError(`The database could not be created in ${cluster}: ${lastWords(stderr || message)}`);
  }
}

/** PG* variables of the person who starts Flotilla are meant for other servers. */
export function cleanEnv(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
