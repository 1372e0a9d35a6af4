import type { StepResult, TaskResult } from '@flotilla/contract/agent';
import type { Plan } from '../tasks/entry.ts';
import { hashFile } from '../tasks/hash-file.ts';
import { runScript } from './run-script.ts';
import { scriptEnvironment } from './script-environment.ts';

const MAIN_STEPS = { install: 'installing', uninstall: 'uninstalling', script: 'running' } as const;

/** Runs the scripts of an attempt in order. The package is checked again here: what is checked is what is run. */
export async function runSteps(
  plan: Plan,
  { folder, announce }: { folder: string; announce: (step: string) => void },
): Promise<TaskResult> {
  const { task, installer } = plan;
  const steps = [...plan.steps];
  const run = async (step: StepResult['step'], text: string) => {
    const result = await runScript({
      step,
      text,
      folder,
      environment: scriptEnvironment(task, installer),
      timeLimitSeconds: task.time_limit_seconds,
      mostOutputBytes: task.most_output_bytes,
    });
    steps.push(result);
    return { isFine: result.exit_code === 0, words: wordsFor(result, task.time_limit_seconds) };
  };
  const failed = (reason: string): TaskResult => ({ outcome: 'failed', reason, steps });

  if (task.package && (installer === null || (await hashFile(installer, task.package.size)) !== task.package.sha256)) {
    return failed('the package was changed after it had been verified');
  }
  announce(MAIN_STEPS[task.kind]);
  const main = await run(task.kind, task.scripts.main);
  if (!main.isFine) return failed(`the ${nouns[task.kind]} ${main.words}`);
  if (task.scripts.post_install === null) return { outcome: 'succeeded', reason: '', steps };
  announce('post_install');
  const post = await run('post_install', task.scripts.post_install);
  if (post.isFine) return { outcome: 'succeeded', reason: '', steps };
  const reason = `the post-install script ${post.words}`;
  if (task.scripts.rollback === null) return failed(`${reason}; there is nothing to roll back with`);
  announce('rolling_back');
  const rollback = await run('rollback', task.scripts.rollback);
  return failed(`${reason}; ${rollback.isFine ? 'rolled back' : `the rollback ${rollback.words}`}`);
}

const nouns = { install: 'install script', uninstall: 'uninstall script', script: 'script' } as const;

function wordsFor({ exit_code, timed_out }: StepResult, limitSeconds: number): string {
  if (timed_out) return `took more than ${limitSeconds} seconds and was ended`;
  return exit_code === null ? 'was ended by a signal' : `ended with exit code ${exit_code}`;
}
