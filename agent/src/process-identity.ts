import { readdirSync, readFileSync } from 'node:fs';

/** A process for good: its number alone is given to another one after its end. */
export interface ProcessIdentity {
  pid: number;
  /** Empty where the system does not tell. */
  startedAt: string;
}

export const identityOf = (pid: number): ProcessIdentity => ({ pid, startedAt: startOf(pid) ?? '' });

export function isAlive({ pid, startedAt }: ProcessIdentity): boolean {
  if (startedAt !== '') return startOf(pid) === startedAt;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** When a process began, counted from a boot that has a name; null when there is none, or it only waits to be buried. */
function startOf(pid: number): string | null {
  try {
    // The name of the program stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? null : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}

/** The processes that were started with a variable, whatever they became since; none where the system does not tell. */
export function processesOfEnvironment(name: string, value: string): number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${name}=${value}`;
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => environmentOf(pid).includes(wanted))
    .map(Number);
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
