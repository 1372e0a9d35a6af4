import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ends the embedded PostgreSQL of a data folder with SIGKILL. */
export function killDatabase(dataDir: string): void {
  const root = join(dataDir, 'postgres');
  const major = readdirSync(root).find((name) => /^\d+$/.test(name)) ?? '';
  process.kill(Number(readFileSync(join(root, major, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
}
