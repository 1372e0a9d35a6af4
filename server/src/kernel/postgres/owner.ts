import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, temporaryName } from './temporary.ts';

const fileIn = (root: string) => join(root, 'owner');

/** Whether the process that is to stop the PostgreSQL of this folder still lives. */
export function hasLivingOwner(root: string): boolean {
  try {
    const [pid = '', start = ''] = readFileSync(fileIn(root), 'utf8').trim().split(' ');
    return isAlive(Number(pid)) && startOf(pid) === start;
  } catch {
    return false;
  }
}

/** Makes this process the one that stops it. */
export async function becomeOwner(root: string): Promise<void> {
  const fresh = temporaryName(fileIn(root), 'new');
  await writeFile(fresh, `${process.pid} ${startOf(String(process.pid))}\n`);
  await rename(fresh, fileIn(root));
}

/** When a process was started, where the system tells: ids are used again. */
function startOf(pid: string): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold anything; the start is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
