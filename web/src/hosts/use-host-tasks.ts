import { hostTasks } from '@flotilla/contract/tasks';
import { useQuery } from '@tanstack/react-query';
import { ask, liveMs, quickMs } from '../api/queries.ts';

export const newest = 100;

/** The newest tasks of a host; asked for every second while one of them is not over. */
export function useHostTasks(id: number) {
  const asked = useQuery({
    ...ask(hostTasks, { params: { id }, query: { per_page: newest } }),
    refetchInterval: ({ state }) => (state.data?.tasks.some(({ is_over }) => !is_over) ? quickMs : liveMs),
  });
  const tasks = asked.data?.tasks ?? [];
  return { asked, tasks, rhythm: tasks.some(({ is_over }) => !is_over) ? quickMs : liveMs };
}
