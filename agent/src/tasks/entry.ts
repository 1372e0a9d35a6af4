import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AgentTask, StepResult, TaskRef, TaskReport, TaskResult } from '@flotilla/contract/agent';
import type { ProcessIdentity } from '../process-identity.ts';
import { createOnce, writeWhole } from '../write-whole.ts';

/**
 * One attempt at a task in the journal: a folder. What has happened to it is which files it holds:
 * - nothing of the rest: it was accepted, and nothing has run;
 * - `begun`: decided, once for all who may try, by whoever creates it: a runner, which then runs the scripts, or the agent,
 *   which puts the end into it, so that nothing will ever run;
 * - `ended`: how it ended after a runner began it.
 */
export interface Entry extends TaskRef {
  folder: string;
}

export type Ending = Extract<TaskReport, { state: 'declined' | 'finished' }>;
type Beginning = { runner: ProcessIdentity } | { withheld: Ending };

export const declined = ({ id, attempt }: TaskRef, reason: string): Ending => ({
  id,
  attempt,
  state: 'declined',
  reason,
});

export function finished({ id, attempt }: TaskRef, result: TaskResult): Ending {
  // As long as the contract lets it be.
  return { id, attempt, state: 'finished', result: { ...result, reason: result.reason.slice(0, 1000) } };
}

/** What a runner needs to know. */
export interface Plan {
  task: AgentTask;
  /** The verified package; null when the task has none. */
  installer: string | null;
  /** Steps that were done before it. */
  steps: StepResult[];
}

export const nameOf = ({ id, attempt }: TaskRef) => `${id}.${attempt}`;

/** The attempt that a folder of the journal is named after; null when the name says none. */
export function refOf(folder: string): TaskRef | null {
  const found = /^([0-9a-f-]{36})\.(\d{1,7})$/i.exec(basename(folder));
  return found ? { id: found[1] ?? '', attempt: Number(found[2]) } : null;
}

const beginningFile = (folder: string) => join(folder, 'begun');
const endingFile = (folder: string) => join(folder, 'ended');
const planFile = (folder: string) => join(folder, 'plan');
const stepFile = (folder: string) => join(folder, 'step');

/** @returns false when it had begun, or been withheld, before */
export const begin = (folder: string, runner: ProcessIdentity) =>
  createOnce(beginningFile(folder), JSON.stringify({ runner } satisfies Beginning));

/** Lets nothing of an attempt run any more. @returns false when it had begun before */
export const withhold = (folder: string, ending: Ending) =>
  createOnce(beginningFile(folder), JSON.stringify({ withheld: ending } satisfies Beginning));

/** How it ended; null when it has not. */
export function readEnding(folder: string): Ending | null {
  const beginning = readJson<Beginning>(beginningFile(folder));
  if (beginning && 'withheld' in beginning) return beginning.withheld;
  return readJson<Ending>(endingFile(folder));
}

/** The runner that began it; null when none did. A damaged file is one of a runner that is not known any more. */
export function readRunner(folder: string): ProcessIdentity | null {
  const text = read(beginningFile(folder));
  if (text === null) return null;
  const beginning = readJson<Beginning>(beginningFile(folder));
  return beginning && 'runner' in beginning ? beginning.runner : { pid: 0, startedAt: 'unknown' };
}

export const writeEnding = (folder: string, ending: Ending) => writeWhole(endingFile(folder), JSON.stringify(ending));

export const writePlan = (folder: string, plan: Plan) => writeWhole(planFile(folder), JSON.stringify(plan));
export const readPlan = (folder: string) => readJson<Plan>(planFile(folder));

export const writeStep = (folder: string, step: string) => writeWhole(stepFile(folder), step);
export const readStep = (folder: string) => read(stepFile(folder));

export function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
