import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentTask, StepResult, taskSteps } from '@flotilla/contract/agent';
import type { Log } from '../log.ts';
import type { QueryRunner } from '../osquery/query-runner.ts';
import type { ServerLink } from '../server/server-link.ts';
import type { StopGate } from '../stop-gate.ts';
import { askBeforeInstall } from './ask-before-install.ts';
import { downloadPackage } from './download-package.ts';
import { declined, type Entry, finished, readRunner, withhold, writePlan } from './entry.ts';
import { followRunner, startRunner } from './follow-runner.ts';

export type Step = (typeof taskSteps)[number];
export const STOPPED = 'everything is stopped';

export interface TaskTools {
  link: ServerLink;
  nodeKey: () => string;
  queries: QueryRunner;
  gate: StopGate;
  log: Log;
}

export interface Running {
  tools: TaskTools;
  /** Ends the work, not the scripts that have begun. */
  signal: AbortSignal;
  onStep: (step: Step) => void;
}

/**
 * Takes an attempt to its end. When it returns the journal has the end, unless the signal came: then a runner may go on, and
 * the next agent finds it.
 */
export async function runTask({ entry, task }: { entry: Entry; task: AgentTask }, running: Running): Promise<void> {
  const { tools, signal, onStep } = running;
  const { gate } = tools;
  const follow = (child: ReturnType<typeof startRunner> | null) =>
    followRunner(entry, { signal, child, onStep: (step) => onStep(step as Step) });
  if (readRunner(entry.folder) === null) {
    const ready = await prepare({ entry, task }, running);
    if (signal.aborted) return;
    if ('failed' in ready) {
      withhold(entry.folder, finished(entry, { outcome: 'failed', reason: ready.failed, steps: ready.steps }));
    } else if (gate.isStopped()) {
      withhold(entry.folder, declined(entry, STOPPED));
    } else {
      writePlan(entry.folder, { task, installer: ready.installer, steps: ready.steps });
      await follow(startRunner(entry));
    }
  }
  // There may be a runner that somebody else started; an end that was put in its place ends this at once.
  await follow(null);
  if (!signal.aborted) removeFiles(entry);
}

/** Waits for an attempt that an earlier agent began. */
export async function adoptTask(entry: Entry, { signal, onStep }: Running): Promise<void> {
  await followRunner(entry, { signal, child: null, onStep: (step) => onStep(step as Step) });
  if (!signal.aborted) removeFiles(entry);
}

type Ready = { steps: StepResult[] } & ({ installer: string | null } | { failed: string });

async function prepare({ entry, task }: { entry: Entry; task: AgentTask }, running: Running): Promise<Ready> {
  const { tools, signal, onStep } = running;
  const steps: StepResult[] = [];
  if (task.pre_install_query !== null) {
    const asked = await askBeforeInstall(task.pre_install_query, {
      queries: tools.queries,
      mostOutputBytes: task.most_output_bytes,
    });
    steps.push(asked.step);
    if (asked.reason !== '') return { steps, failed: asked.reason };
  }
  if (!task.package) return { steps, installer: null };
  onStep('downloading');
  const { link, nodeKey } = tools;
  const downloaded = await downloadPackage({ wanted: task.package, folder: entry.folder, link, nodeKey, signal });
  if ('reason' in downloaded) return { steps, failed: downloaded.reason };
  return { steps, installer: downloaded.file };
}

/** Only its state is needed from now on. */
function removeFiles({ folder }: Entry): void {
  for (const name of ['package', 'scripts', 'work', 'plan', 'step']) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}
