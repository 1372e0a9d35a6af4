import { readFileSync, statfsSync } from 'node:fs';

const FOLDER = '/dev/shm';
const ROOM = 4 * 1024 ** 3;

/**
 * Where Linux keeps files in memory: databases that live for one test are made there in a tenth of the time.
 * @returns null where there is none, little room is left, or programs may not run from it
 */
export function memoryFolder(free = process.availableMemory()) {
  try {
    const { bavail, bsize } = statfsSync(FOLDER);
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.includes(` ${FOLDER} tmpfs `));
    return mount && !mount.includes('noexec') && Math.min(bavail * bsize, free) >= ROOM ? FOLDER : null;
  } catch {
    return null;
  }
}
