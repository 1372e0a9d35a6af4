import { identityOf } from '../process-identity.ts';
import { begin, finished, readPlan, writeEnding, writeStep } from '../tasks/entry.ts';
import { runSteps } from './run-steps.ts';

/**
 * Runs one attempt at a task, apart from the agent: its scripts outlive an agent that is killed, and so does what is known of
 * them. It is given the folder of the attempt.
 */
async function run(folder: string): Promise<void> {
  const plan = readPlan(folder);
  // Whoever begins first is the only one who ever does.
  if (!plan || !begin(folder, identityOf(process.pid))) return;
  try {
    const result = await runSteps(plan, { folder, announce: (step) => writeStep(folder, step) });
    writeEnding(folder, finished(plan.task, result));
  } catch (error) {
    // Such as a full disk. Without an end on the disk the agent says that it was interrupted.
    const reason = `it could not be run to its end: ${(error as Error).message}`;
    writeEnding(folder, finished(plan.task, { outcome: 'failed', reason, steps: plan.steps }));
  }
}

// It ends by itself when the scripts have; whoever wants it away before has to mean it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
const folder = process.argv[2];
if (folder === undefined) throw new Error('the folder of an attempt is missing');
await run(folder);
