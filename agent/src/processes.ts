import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const PATIENCE_MS = 15_000;

/**
 * The processes whose command line holds exactly this argument, or one that is so; none where the system does not show
 * command lines.
 */
export function processesWith(argument: string | ((argument: string) => boolean)): number[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  const isWanted = typeof argument === 'string' ? (given: string) => given === argument : argument;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandLine(name).some(isWanted))
    .map(Number);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Asks processes to end and waits for them; those that do not are killed. */
export async function endProcesses(find: () => number[]): Promise<void> {
  for (const pid of find()) signal(pid, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (find().length > 0) {
    if (Date.now() > deadline) for (const pid of find()) signal(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
