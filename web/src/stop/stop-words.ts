import type { StopState } from '@flotilla/contract/tasks';
import { counted } from '../pieces/words.ts';

/** What stands still and what does not yet: "3 tasks wait, 1 script still runs to its end". */
export function standing({ queued, running }: Pick<StopState, 'queued' | 'running'>): string {
  const waits = queued === 0 ? 'nothing waits' : `${counted(queued, 'task')} ${queued === 1 ? 'waits' : 'wait'}`;
  const runs =
    running === 0
      ? 'no script runs any more'
      : `${counted(running, 'script')} may still run to ${running === 1 ? 'its' : 'their'} end`;
  return `${waits}, ${runs}`;
}
