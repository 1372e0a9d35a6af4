import type { Task } from '@flotilla/contract/tasks';
import type { Tone } from '../pieces/state-mark.tsx';
import { capital } from '../pieces/words.ts';

export type TaskState = Task['state'];
type Kind = Task['kind'];

const steps: Record<NonNullable<Task['step']>, string> = {
  downloading: 'Downloading',
  installing: 'Installing',
  post_install: 'Running the script after it',
  rolling_back: 'Rolling back',
  uninstalling: 'Uninstalling',
  running: 'Running',
};

const states: Record<Exclude<TaskState, 'verified' | 'running'>, string> = {
  queued: 'Queued',
  offered: 'Offered',
  reported: 'Reported',
  unverified: 'Not confirmed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
  lost: 'Lost',
};

const verified: Record<Kind, string> = { install: 'Installed', uninstall: 'Uninstalled', script: 'Done' };
const running: Record<Kind, string> = { install: 'Running', uninstall: 'Uninstalling', script: 'Running' };

/** Where a task is, in a word or two. */
export function stateWord({ kind, state, step }: Pick<Task, 'kind' | 'state' | 'step'>): string {
  if (state === 'verified') return verified[kind];
  if (state === 'running') return step === null ? running[kind] : steps[step];
  return states[state];
}

/** A state as the timeline and the events of a task name it; an unknown one is spelled out. */
export const stateName = (kind: Kind, state: string): string =>
  state in states || state === 'verified' || state === 'running'
    ? stateWord({ kind, state: state as TaskState, step: null })
    : state.replaceAll('_', ' ');

const tones: Partial<Record<string, Tone>> = {
  verified: 'good',
  unverified: 'bad',
  failed: 'bad',
  lost: 'bad',
  expired: 'warn',
  cancelled: undefined,
};

/** How a state is to be taken; whatever has not ended is busy. */
export const stateTone = (state: string): Tone => (state in tones ? tones[state] : 'busy');

const ended: Partial<Record<TaskState, string>> = {
  unverified: 'The host says that it is done, but its inventory does not show it',
  failed: 'It failed; the steps say how',
  cancelled: 'It was cancelled before it ran',
  expired: 'The host did not take it in time',
  lost: 'Nobody can tell how far it came',
};
const done: Record<Kind, string> = {
  install: 'Installed, as the inventory of the host shows',
  uninstall: 'Gone, as the inventory of the host shows',
  script: 'The script ran to its end',
};
const doing: Record<Kind, string> = {
  install: 'The host is at work on it',
  uninstall: 'The host is at work on it',
  script: 'The host runs the script',
};

type Waiting = Pick<Task, 'kind' | 'state' | 'reason' | 'cancel_requested' | 'on_hold'>;

/** What a task waits for, or how it ended; the server's own reason wins where it gives one. */
export function taskSentence(task: Waiting, isAway = false): string {
  const { kind, state, reason } = task;
  if (task.cancel_requested && !isEnd(state)) return 'Being cancelled; what already runs goes on to its end';
  if (task.on_hold && state === 'queued') return 'On hold, as its rollout is paused or halted';
  if (reason !== '') return capital(reason);
  if (state === 'queued') return isAway ? 'Waiting for the host to come back' : 'Waiting for the host to take it';
  if (state === 'offered') return 'The host is about to begin';
  if (state === 'running') return doing[kind];
  if (state === 'reported') return 'The host says that it is done; waiting for its inventory to show it';
  return state === 'verified' ? done[kind] : (ended[state] ?? '');
}

const isEnd = (state: TaskState) => state === 'verified' || state in ended;

const verbs: Record<Kind, string> = { install: 'Install', uninstall: 'Uninstall', script: 'Run a script' };

/** What a task is to do: "Install htop 3.2.2-2". */
export const taskTitle = ({ kind, title, version }: Pick<Task, 'kind' | 'title' | 'version'>): string =>
  [verbs[kind], kind === 'script' ? '' : title, kind === 'install' ? version : ''].filter(Boolean).join(' ');
