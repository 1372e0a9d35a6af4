import type { TaskReport } from '@flotilla/contract/agent';
import { declined, type Ending, type Entry, readEnding, withhold } from './entry.ts';
import type { Step } from './run-task.ts';

/** An attempt of the journal and where it is: it waits for the server, or for its turn, or is worked on, or has an end. */
export interface Place {
  entry: Entry;
  state: 'accepted' | 'waiting' | 'running' | 'ended';
  step: Step | null;
  ending: Ending | null;
  /** Ends the work on it before its scripts have begun. */
  leave: AbortController;
  /** Called once, when it has an end. */
  onEnd: (place: Place) => void;
}

export function newPlace(entry: Entry, onEnd: (place: Place) => void): Place {
  return { entry, state: 'accepted', step: null, ending: null, leave: new AbortController(), onEnd };
}

/** Reads whether it has an end by now. */
export function noteEnd(place: Place, otherwise: Ending | null = null): void {
  if (place.state === 'ended') return;
  place.ending = readEnding(place.entry.folder) ?? otherwise;
  if (!place.ending) return;
  place.state = 'ended';
  place.leave.abort();
  place.onEnd(place);
}

/** Puts an end into the place of a beginning. @returns whether it was not too late */
export function prevent(place: Place, ending: Ending): boolean {
  const isPrevented = place.state !== 'ended' && withhold(place.entry.folder, ending);
  noteEnd(place);
  return isPrevented;
}

export const decline = (place: Place, reason: string) => prevent(place, declined(place.entry, reason));

/** What there is to say of it at this moment. */
export function reportOf({ entry: { id, attempt }, state, step, ending }: Place): TaskReport[] {
  if (ending) return [ending];
  if (state === 'accepted') return [{ id, attempt, state: 'accepted' }];
  return step === null ? [] : [{ id, attempt, state: 'progress', step }];
}
