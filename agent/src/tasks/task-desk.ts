import type { AgentTask, CheckInAnswer, TaskRef, TaskReport } from '@flotilla/contract/agent';
import type { Wake } from '../wake.ts';
import { type Ending, type Entry, finished, nameOf, readRunner } from './entry.ts';
import { type Journal, openJournal } from './journal.ts';
import { decline, newPlace, noteEnd, type Place, prevent, reportOf } from './place.ts';
import { adoptTask, runTask, STOPPED, type TaskTools } from './run-task.ts';
import { createTaskQueue, type TaskQueue } from './task-queue.ts';

/** What the agent knows of tasks, and does about them. */
export interface TaskDesk {
  /** What there is to say at this moment. */
  reports(): TaskReport[];
  /** Does what the server wants. What it writes is on the disk when it returns. */
  take(answer: CheckInAnswer, said: TaskReport[]): void;
  /** Everything is stopped: whatever has not begun will not. */
  stop(): void;
  /** Resolves when nothing is done any more, after the signal; a runner goes on. */
  idle(): Promise<void>;
}

interface Desk {
  tools: TaskTools;
  wake: Wake;
  journal: Journal;
  queue: TaskQueue;
  places: Map<string, Place>;
  /** Ends that the server asks for again although it had settled them. */
  repeated: Map<string, Ending>;
}

/** As many as one check-in takes. */
const MOST_REPORTS = 100;

/** Opens the journal, and goes on with what an earlier agent began. */
export function createTaskDesk(options: {
  folder: string;
  tools: TaskTools;
  wake: Wake;
  signal: AbortSignal;
}): TaskDesk {
  const desk: Desk = {
    tools: options.tools,
    wake: options.wake,
    journal: openJournal(options.folder),
    queue: createTaskQueue(options),
    places: new Map(),
    repeated: new Map(),
  };
  for (const entry of desk.journal.entries()) resume(desk, entry);
  return {
    reports() {
      const ended = [...desk.places.values()].filter(({ ending }) => ending);
      const open = [...desk.places.values()].filter(({ ending }) => !ending);
      const all = [...ended.flatMap(reportOf), ...desk.repeated.values(), ...open.flatMap(reportOf)];
      return all.slice(0, MOST_REPORTS);
    },
    take: (answer, said) => take(desk, answer, said),
    stop: () => stop(desk),
    idle: desk.queue.idle,
  };
}

function openPlace({ places, tools, wake }: Desk, entry: Entry): Place {
  const place = newPlace(entry, ({ ending }) => {
    const outcome = ending?.state === 'finished' ? ending.result.outcome : 'declined';
    tools.log.info('a task ended', { task: entry.id, attempt: entry.attempt, outcome });
    wake.call();
  });
  places.set(nameOf(entry), place);
  return place;
}

function resume(desk: Desk, entry: Entry): void {
  const place = openPlace(desk, entry);
  noteEnd(place);
  // What has not begun is accepted anew, and the server says whether it still wants it.
  if (place.state === 'ended' || readRunner(entry.folder) === null) return;
  desk.tools.log.info('a task of an earlier agent is followed', { task: entry.id, attempt: entry.attempt });
  desk.queue.add(place, (running) => adoptTask(entry, running));
}

function take(desk: Desk, answer: CheckInAnswer, said: TaskReport[]): void {
  const { repeated, places } = desk;
  // They arrived, which is all that was asked for.
  for (const report of said) if (repeated.get(nameOf(report)) === report) repeated.delete(nameOf(report));
  const each = <T extends TaskRef>(items: T[], act: (item: T) => void) => eachOf(desk, items, act);
  each(answer.settled, (ref) => forget(desk, ref));
  each(answer.drop, (ref) => {
    const place = places.get(nameOf(ref));
    if (place) decline(place, 'the server does not want it any more');
    // What has begun goes to its end, and is asked for then.
    forget(desk, ref, { isDropped: true });
  });
  each(answer.cancel, (ref) => {
    const place = places.get(nameOf(ref));
    if (place) decline(place, 'cancelled before it began');
  });
  if (answer.stopped) stop(desk);
  each(answer.offers, (ref) => takeOffer(desk, ref));
  each(answer.run, (task) => takeTask(desk, task));
}

/** A disk that takes nothing any more stops none of the others; the server asks again. */
function eachOf<T extends TaskRef>({ tools }: Desk, items: T[], act: (item: T) => void): void {
  for (const item of items) {
    try {
      act(item);
    } catch (error) {
      tools.log.error('the journal cannot be written', { task: item.id, reason: (error as Error).message });
    }
  }
}

function stop(desk: Desk): void {
  const due = [...desk.places.values()].filter(({ state }) => state === 'waiting' || state === 'running');
  const entries = due.map(({ entry }) => entry);
  eachOf(desk, entries, (entry) => {
    const place = desk.places.get(nameOf(entry));
    if (place) decline(place, STOPPED);
  });
}

function forget({ repeated, places, journal }: Desk, ref: TaskRef, { isDropped = false } = {}): void {
  repeated.delete(nameOf(ref));
  const place = places.get(nameOf(ref));
  if (place?.state !== 'ended') return;
  journal.settle(place.entry, isDropped ? null : place.ending);
  places.delete(nameOf(ref));
}

function takeOffer(desk: Desk, ref: TaskRef): void {
  if (repeatSettled(desk, ref) || desk.places.has(nameOf(ref))) return;
  openPlace(desk, desk.journal.accept(ref));
  desk.tools.log.info('a task was accepted', { task: ref.id, attempt: ref.attempt });
  desk.wake.call();
}

/** @returns whether the attempt is over */
function repeatSettled({ journal, repeated, wake }: Desk, ref: TaskRef): boolean {
  if (!journal.isSettled(ref)) return false;
  const ending = journal.settledEnding(ref);
  if (ending) {
    repeated.set(nameOf(ref), ending);
    wake.call();
  }
  return true;
}

function takeTask(desk: Desk, task: AgentTask): void {
  if (repeatSettled(desk, task)) return;
  const place = desk.places.get(nameOf(task));
  if (!place) {
    // Only what was accepted comes here, so the journal has lost it, and with it whether it ran.
    const reason = 'the journal of the host does not know whether it ran';
    const lost = openPlace(desk, desk.journal.accept(task));
    prevent(lost, finished(task, { outcome: 'interrupted', reason, steps: [] }));
  } else if (place.state === 'accepted') {
    if (desk.tools.gate.isStopped() && decline(place, STOPPED)) return;
    desk.tools.log.info('a task runs', { task: task.id, attempt: task.attempt, kind: task.kind });
    desk.queue.add(place, (running) => runTask({ entry: place.entry, task }, running));
  }
}
