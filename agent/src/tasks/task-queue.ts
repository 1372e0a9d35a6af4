import type { Wake } from '../wake.ts';
import { finished, readRunner } from './entry.ts';
import { noteEnd, type Place, prevent } from './place.ts';
import type { Running, Step, TaskTools } from './run-task.ts';

/** Works on one task at a time, in the order they come. */
export interface TaskQueue {
  add(place: Place, work: (running: Running) => Promise<void>): void;
  /** Resolves when nothing is worked on any more. */
  idle(): Promise<void>;
}

export function createTaskQueue(options: { tools: TaskTools; wake: Wake; signal: AbortSignal }): TaskQueue {
  const { tools, wake, signal } = options;
  let last: Promise<void> = Promise.resolve();

  async function workOn(place: Place, work: (running: Running) => Promise<void>): Promise<void> {
    if (place.state === 'ended' || signal.aborted) return;
    place.state = 'running';
    const onStep = (step: Step) => {
      if (place.step === step) return;
      place.step = step;
      wake.call();
    };
    try {
      await work({ tools, signal: AbortSignal.any([signal, place.leave.signal]), onStep });
      noteEnd(place);
    } catch (error) {
      const { message } = error as Error;
      tools.log.error('a task could not be run', { task: place.entry.id, reason: message });
      endAfterError(place, { message, tools });
    }
  }

  return {
    add(place, work) {
      place.state = 'waiting';
      last = last.then(() => workOn(place, work));
    },
    idle: () => last,
  };
}

/** Where the journal cannot be written the end is known to this agent alone; the next one comes to one by itself. */
function endAfterError(place: Place, { message, tools }: { message: string; tools: TaskTools }): void {
  const { entry } = place;
  try {
    if (prevent(place, finished(entry, { outcome: 'failed', reason: message, steps: [] }))) return;
  } catch (error) {
    tools.log.error('the journal cannot be written', { task: entry.id, reason: (error as Error).message });
  }
  const outcome = readRunner(entry.folder) ? 'interrupted' : 'failed';
  noteEnd(place, finished(entry, { outcome, reason: message, steps: [] }));
}
