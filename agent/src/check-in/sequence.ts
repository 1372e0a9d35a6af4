import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';

/** Numbers are reserved on disk by blocks, so that not every call writes. A restart leaves the rest of a block out. */
const BLOCK = 50;

/** Numbers the calls of this host: each number is higher than all before, also over restarts. */
export function createSequence(folder: string): () => number {
  const file = join(folder, 'sequence');
  let next = readReserved(file);
  let reserved = next;
  return () => {
    if (next === reserved) {
      reserved = next + BLOCK;
      try {
        writeWhole(file, `${reserved}\n`);
      } catch {
        // A full disk must not silence the host: it counts on, and is at worst taken for one that was set back.
      }
    }
    next += 1;
    return next;
  };
}

function readReserved(file: string): number {
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  // A file that was lost or damaged must not take the numbers back: the time is higher than any count of calls.
  return Number.isSafeInteger(kept) && kept > 0 ? kept : Math.floor(Date.now() / 1000);
}
