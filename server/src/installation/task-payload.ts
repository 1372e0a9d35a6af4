import type { AgentTask } from '@flotilla/contract/agent';
import type { PackageRow } from './package.ts';
import type { TaskRow } from './task.ts';
import { SCRIPT_SECONDS } from './task-states.ts';

const MOST_OUTPUT_BYTES = 64 * 1024;

/** Everything an agent needs for a task. `of` is its package, null for a script. */
export function toAgentTask(task: TaskRow, of: PackageRow | null): AgentTask {
  return {
    id: task.id,
    attempt: task.attempt,
    kind: task.kind,
    package: task.kind === 'install' && of ? { sha256: of.sha256, size: of.size, file_name: fileNameOf(of) } : null,
    pre_install_query: (task.kind === 'install' && of?.pre_install_query) || null,
    scripts: {
      main: mainScript(task, of),
      post_install: (task.kind === 'install' && of?.post_install_script) || null,
      rollback: (task.kind === 'install' && of?.uninstall_script) || null,
    },
    environment: of ? environmentOf(of) : {},
    time_limit_seconds: SCRIPT_SECONDS,
    most_output_bytes: MOST_OUTPUT_BYTES,
  };
}

export function mainScript(task: Pick<TaskRow, 'kind' | 'script'>, of: PackageRow | null): string {
  if (task.kind === 'script' || !of) return task.script;
  return task.kind === 'install' ? of.install_script : of.uninstall_script;
}

/** From what the package is: installers go by the ending, and a person's file name may have any. */
const fileNameOf = ({ name, version, arch, format }: PackageRow) =>
  `${name}_${version.replace(/^\d+:/, '')}_${arch}.${format}`;

/** What scripts know of the package. */
export const environmentOf = ({ name, version, arch }: PackageRow): Record<string, string> => ({
  PACKAGE_NAME: name,
  PACKAGE_VERSION: version,
  PACKAGE_ARCH: arch,
});
