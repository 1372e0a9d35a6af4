import type { Task } from '@flotilla/contract/tasks';

type Kind = Task['kind'];

const stages: Record<Kind, readonly string[]> = {
  install: ['Queued', 'Offered', 'Downloading', 'Installing', 'Reported', 'Verified'],
  uninstall: ['Queued', 'Offered', 'Uninstalling', 'Reported', 'Verified'],
  script: ['Queued', 'Offered', 'Running', 'Done'],
};

/** The stages a task of this kind goes through when all goes well. */
export const stagesOf = (kind: Kind): readonly string[] => stages[kind];

/** How many stages are behind a task; all of them once it is verified, and null when it left the way. */
export function stagesBehind({ kind, state, step }: Pick<Task, 'kind' | 'state' | 'step'>): number | null {
  const all = stages[kind].length;
  if (state === 'verified') return all;
  if (state === 'queued') return 0;
  if (state === 'offered') return 1;
  if (state === 'running') return kind === 'install' && step !== null && step !== 'downloading' ? 3 : 2;
  return state === 'reported' ? all - 2 : null;
}
