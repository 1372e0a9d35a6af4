import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that is never seen half written; the mode keeps others out unless it says otherwise. */
export function writeWhole(file: string, content: string, mode = 0o600): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, content, { mode, flush: true });
  renameSync(fresh, file);
}
