import { homedir } from 'node:os';
import type { AgentTask } from '@flotilla/contract/agent';
import { ATTEMPT_VARIABLE } from './end-script.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The variables a script sees: what the task gives it as data, and never instead of ours. */
export function scriptEnvironment(
  task: Pick<AgentTask, 'id' | 'attempt' | 'environment'>,
  installer: string | null,
): Record<string, string> {
  const given = Object.entries(task.environment)
    .filter(([name]) => NAME.test(name))
    .map(([name, value]) => [name, value.replaceAll('\0', '')]);
  return {
    ...Object.fromEntries(given),
    PATH,
    HOME: homedir(),
    LANG: 'C.UTF-8',
    ...(installer !== null && { INSTALLER_PATH: installer }),
    FLOTILLA_TASK_ID: task.id,
    FLOTILLA_TASK_ATTEMPT: String(task.attempt),
    [ATTEMPT_VARIABLE]: `${task.id}.${task.attempt}`,
  };
}
