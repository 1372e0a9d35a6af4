import type { InstallStatus, PackageStatus } from '@flotilla/contract/packages';
import type { TaskState } from '@flotilla/contract/tasks';
import type { Static } from 'typebox';
import type { TaskKind } from './task.ts';
import { failedStates, isOver } from './task-states.ts';

export type Status = Static<typeof InstallStatus>;

/** What the newest task about a title says of it on a host, in the words of Fleet's API; null for one that was removed. */
export function statusOf({ kind, state }: { kind: TaskKind; state: TaskState }): Status | null {
  if (kind === 'script' || state === 'cancelled') return null;
  if (!isOver(state)) return kind === 'install' ? 'pending_install' : 'pending_uninstall';
  if ((failedStates as readonly string[]).includes(state))
    return kind === 'install' ? 'failed_install' : 'failed_uninstall';
  return kind === 'install' ? 'installed' : null;
}

export const noHosts = (): PackageStatus => ({
  installed: 0,
  pending_install: 0,
  failed_install: 0,
  pending_uninstall: 0,
  failed_uninstall: 0,
});

/** Adds up how many hosts are where. */
export function countStatuses(rows: { kind: TaskKind; state: TaskState; hosts: number }[]): PackageStatus {
  const counts = noHosts();
  for (const row of rows) {
    const status = statusOf(row);
    if (status) counts[status] += row.hosts;
  }
  return counts;
}
