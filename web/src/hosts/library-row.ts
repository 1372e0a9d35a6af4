import type { HostTitle } from '@flotilla/contract/host-software';
import type { InstallStatus } from '@flotilla/contract/packages';
import type { Task } from '@flotilla/contract/tasks';

/** A title of the library on a host, with the newest task about it. */
export interface LibraryRow {
  title: HostTitle;
  task: Task | undefined;
}

/** Each title with the newest task about it; `tasks` come newest first. */
export const withTasks = (titles: readonly HostTitle[], tasks: readonly Task[]): LibraryRow[] =>
  titles.map((title) => ({
    title,
    task: tasks.find(({ title_id, kind }) => title_id === title.id && kind !== 'script'),
  }));

/** The newest task about a title, unless what it did is no longer so: then only the inventory tells. */
export function tellingTask({ title, task }: LibraryRow): Task | undefined {
  if (task?.state !== 'verified') return task;
  const isThere = title.installed_versions.length > 0;
  return isThere === (task.kind === 'install') ? task : undefined;
}

export type Action = 'install' | 'reinstall' | 'update' | 'other' | 'retry_install' | 'uninstall' | 'retry_uninstall';

/** Whether something of the title is on the host, and none of it is what the library has. */
export function differs({ installed_versions, software_package }: HostTitle): boolean {
  if (software_package === null || installed_versions.length === 0) return false;
  return installed_versions.every(({ version }) => version !== software_package.version);
}

/** What can be done with a title on a host, the likeliest first; nothing while something is under way. */
export function actionsOf({ title, task }: LibraryRow, isOlder: boolean): Action[] {
  const { status, software_package, installed_versions } = title;
  if (software_package === null || (task && !task.is_over)) return [];
  if (status === 'pending_install' || status === 'pending_uninstall') return [];
  const isThere = installed_versions.length > 0;
  if (status === 'failed_uninstall' && isThere) return ['retry_uninstall', 'reinstall'];
  if (status === 'failed_install') return isThere ? ['retry_install', 'uninstall'] : ['retry_install'];
  if (!isThere) return ['install'];
  return [differs(title) ? (isOlder ? 'update' : 'other') : 'reinstall', 'uninstall'];
}

/** The word on the button. */
export function actionWord(action: Action, version: string): string {
  const words: Record<Action, string> = {
    install: 'Install',
    reinstall: 'Reinstall',
    update: 'Update',
    other: `Install ${version}`,
    retry_install: 'Retry',
    uninstall: 'Uninstall',
    retry_uninstall: 'Retry uninstall',
  };
  return words[action];
}

/** Whether the action takes the title away. */
export const isRemoval = (action: Action): boolean => action === 'uninstall' || action === 'retry_uninstall';

const words: Record<InstallStatus, string> = {
  installed: 'Installed',
  pending_install: 'Installation pending',
  failed_install: 'Installation failed',
  pending_uninstall: 'Uninstallation pending',
  failed_uninstall: 'Uninstallation failed',
};

/** The state of a title that no task is about. */
export function statusWord({ status, installed_versions }: HostTitle): string {
  if (status !== null) return words[status];
  return installed_versions.length > 0 ? 'Installed' : 'Not installed';
}
