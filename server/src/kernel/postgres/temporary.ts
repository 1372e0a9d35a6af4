import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const me = `${process.pid}-${randomBytes(4).toString('hex')}`;
let made = 0;

/** A name beside `path` for what will be renamed to it once it is whole. */
export function temporaryName(path: string, purpose: string): string {
  made += 1;
  return `${path}.${purpose}-${me}-${made}`;
}

const ABANDONED_AFTER_MS = 10 * 60_000;

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes what an interrupted start left: entries of `temporaryName` whose process is gone, or that are too old to be of
 * the process that has its id now.
 */
export async function removeAbandoned(path: string, purpose: string): Promise<void> {
  const prefix = `${basename(path)}.${purpose}-`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix) || name.startsWith(`${prefix}${me}-`)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    const found = join(dirname(path), name);
    const { mtimeMs } = await stat(found);
    if (isAlive(pid) && pid !== process.pid && Date.now() - mtimeMs < ABANDONED_AFTER_MS) continue;
    // An orphaned child may still be writing for a moment.
    await rm(found, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
