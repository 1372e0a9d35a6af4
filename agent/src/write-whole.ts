import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that is never seen half written and that is on the disk, name and content, when this returns. The mode
 * keeps others out unless it says otherwise.
 */
export function writeWhole(file: string, content: string, mode = 0o600): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, content, { mode, flush: true });
  renameSync(fresh, file);
  syncFolder(dirname(file));
}

/**
 * Creates a file with its content, as one act that succeeds for only one of all who try.
 * @returns whether it was this call
 */
export function createOnce(file: string, content: string): boolean {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, content, { mode: 0o600, flush: true });
  try {
    linkSync(fresh, file);
    syncFolder(dirname(file));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Brings the names in a folder to the disk. Windows does so by itself, and does not open folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
