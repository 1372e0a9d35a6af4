import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, as Linux tells programs on every architecture it has. */
const TICKS = 100;

interface ProcessTimes {
  parent: number;
  own: number;
  /** Of children that have ended and were waited for. */
  ended: number;
}

/** The times in a line of `/proc/<pid>/stat`; the program's name, in brackets, may hold spaces. */
export function parseStat(line: string): ProcessTimes {
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((place) => fields[place] ?? 0);
  return {
    parent: parent ?? 0,
    own: ((user ?? 0) + (system ?? 0)) / TICKS,
    ended: ((endedUser ?? 0) + (endedSystem ?? 0)) / TICKS,
  };
}

function readStat(pid: number | string): ProcessTimes | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null;
  }
}

/** CPU seconds of one process so far. */
export const cpuOf = (pid: number): number => readStat(pid)?.own ?? 0;

/** CPU seconds of the children of a process that have ended. */
export const endedChildrenCpuOf = (pid: number): number => readStat(pid)?.ended ?? 0;

/** CPU seconds of a process and its children so far, also of those that have ended. */
export function cpuWithChildren(pid: number): number {
  const self = readStat(pid);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readStat)
    .filter((stat) => stat?.parent === pid);
  return (self?.own ?? 0) + (self?.ended ?? 0) + children.reduce((sum, child) => sum + (child?.own ?? 0), 0);
}

/** Megabytes of a process that are in memory now. */
export function residentMegabytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(line ?? 0) / 1024);
}
