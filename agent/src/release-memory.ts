import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: ((options: object) => void) | null = null;

/** Gives memory back to the host after something large: by itself Node keeps it, as if there were more to come. */
export function releaseMemory(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as typeof collect;
  }
  collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
