import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Package } from '@flotilla/contract/packages';
import type { TaskDetail } from '@flotilla/contract/tasks';
import type { ApiClient } from './api-client.ts';
import type { HelloPackage } from './hello-package.ts';
import { waitUntil } from './wait-until.ts';

/** The API as far as a host gets software by it. */
export interface HostTasks {
  upload(one: HelloPackage): Promise<Package>;
  /** @returns the id of the task */
  install(titleId: number): Promise<string>;
  uninstall(titleId: number): Promise<string>;
  task(id: string): Promise<TaskDetail>;
  /** Waits until the task is over, however it ends. */
  ended(id: string, seconds?: number): Promise<TaskDetail>;
}

export function hostTasks(httpUrl: string, api: ApiClient, hostId: () => number): HostTasks {
  const request = async (titleId: number, verb: 'install' | 'uninstall') => {
    const path = `/api/v1/fleet/hosts/${hostId()}/software/${titleId}/${verb}`;
    return (await api.post<{ task_id: string }>(path)).task_id;
  };
  const tasks: HostTasks = {
    async upload({ file }) {
      const form = new FormData();
      form.append('software', new Blob([new Uint8Array(readFileSync(file))]), basename(file));
      const headers = { authorization: `Bearer ${api.token}` };
      const response = await fetch(`${httpUrl}/api/v1/fleet/software/package`, { method: 'POST', headers, body: form });
      if (!response.ok) throw new Error(`upload: ${response.status} ${await response.text()}`);
      return ((await response.json()) as { software_package: Package }).software_package;
    },
    install: (titleId) => request(titleId, 'install'),
    uninstall: (titleId) => request(titleId, 'uninstall'),
    task: async (id) => (await api.get<{ task: TaskDetail }>(`/api/v1/flotilla/tasks/${id}`)).task,
    ended: (id, seconds = 90) =>
      waitUntil(
        'the task is over',
        async () => {
          const task = await tasks.task(id);
          return task.is_over && task;
        },
        seconds,
      ),
  };
  return tasks;
}
