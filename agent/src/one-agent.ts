import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processesWith } from './processes.ts';
import { CannotStart } from './settings.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Two agents on one folder would end each other's osquery.
 * @throws CannotStart when another agent runs on this folder
 */
export function claimFolder(folder: string, program: string): void {
  const file = join(folder, 'agent.pid');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  // The id may belong to something else by now, so the command line has to be an agent's.
  if (holder !== process.pid && processesWith(program).includes(holder)) {
    throw new CannotStart(`An agent already runs on ${folder} (process ${holder})`);
  }
  writeWhole(file, `${process.pid}\n`);
}
