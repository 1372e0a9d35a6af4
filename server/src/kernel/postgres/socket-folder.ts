import { createHash } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseUser } from './database-user.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** PostgreSQL puts the port into the name of its socket; without TCP it means nothing else. */
export const PORT = 5432;

/** Unix sockets have at most 107 bytes in their path. */
const LONGEST = 100;

const socketIn = (folder: string) => join(folder, `.s.PGSQL.${PORT}`);

/** Where the socket goes: beside the data, or to a short path made from the folder's name when that is too deep. */
export function socketFolderFor(root: string, shortParent = shortFolder()): string {
  const beside = join(root, 'socket');
  if (Buffer.byteLength(socketIn(beside)) <= LONGEST) return beside;
  return join(shortParent, `flotilla-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
}

function shortFolder(): string {
  if (process.getuid?.() !== 0) return tmpdir();
  try {
    accessSync('/run', constants.W_OK);
    return '/run';
  } catch {
    return tmpdir();
  }
}

/**
 * Makes the folder so that nobody but the database's user (and root) can reach the socket.
 * @throws EmbeddedPostgresError when someone else made it before, as is possible in a shared temporary folder
 */
export function prepareSocketFolder(folder: string, user: DatabaseUser): void {
  const owner = user.ids ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (!lstatSync(folder, { throwIfNoEntry: false })) {
    mkdirSync(folder, { mode: 0o700 });
    if (user.ids) chownSync(folder, owner.uid, owner.gid);
  }
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || (stat.uid !== owner.uid && stat.uid !== process.getuid?.())) {
    throw new EmbeddedPostgresError(
      `${folder} was not made by Flotilla, and the database's socket must go there: remove it`,
    );
  }
  if (user.ids) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
}
