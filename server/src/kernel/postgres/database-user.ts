import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** Whom PostgreSQL runs as; without `ids` it is the user of this process. */
export interface DatabaseUser {
  name: string;
  ids?: { uid: number; gid: number };
}

/** In order of preference, when this process runs as root: PostgreSQL refuses to. */
const CANDIDATES = ['flotilla', 'nobody'];

/**
 * A cluster that exists keeps its owner, so that adding a system user later does not lock the database out.
 * @throws EmbeddedPostgresError when there is nobody to run as
 */
export function chooseDatabaseUser(cluster: string): DatabaseUser {
  const me = process.getuid?.();
  const owner = existsSync(cluster) ? statSync(cluster).uid : null;
  if (me !== 0) {
    if (owner === null || me === undefined || owner === me) return { name: 'you' };
    throw new EmbeddedPostgresError(
      `The database in ${cluster} belongs to user ${nameOf(owner)}: start Flotilla as root or that user, or set FLOTILLA_DATA_DIR to another folder`,
    );
  }
  const entries = readPasswd();
  const found =
    owner === null
      ? CANDIDATES.map((name) => entries.find((entry) => entry.name === name)).find(Boolean)
      : entries.find((entry) => entry.uid === owner && owner !== 0);
  if (!found) {
    const reason = owner === null ? 'There is no system user' : `No user has the id ${owner}, which owns ${cluster}`;
    throw new EmbeddedPostgresError(`${reason}: PostgreSQL does not run as root; add one with \`useradd -r flotilla\``);
  }
  return { name: found.name, ids: { uid: found.uid, gid: found.gid } };
}

/**
 * Every folder on the way to the database must let its user through.
 * @throws EmbeddedPostgresError naming the first that does not
 */
export function checkReachable(folder: string, user: DatabaseUser): void {
  if (!user.ids) return;
  const { uid, gid } = user.ids;
  for (const step of ancestors(realpathSync(folder))) {
    const stat = statSync(step);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) {
      throw new EmbeddedPostgresError(
        `User ${user.name}, as whom the database runs, may not enter ${step}: set FLOTILLA_DATA_DIR to a folder outside it, like /var/lib/flotilla`,
      );
    }
  }
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestors(parent), path];
}

function readPasswd(): { name: string; uid: number; gid: number }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

function nameOf(uid: number): string {
  return readPasswd().find((entry) => entry.uid === uid)?.name ?? String(uid);
}
