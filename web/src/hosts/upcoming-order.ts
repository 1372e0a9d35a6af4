import type { Task } from '@flotilla/contract/tasks';

/** The tasks that are not over, in the order the host will do them; those the queue does not name yet come last. */
export function inOrder(tasks: readonly Task[], queue: readonly { uuid: string }[]): Task[] {
  const place = new Map(queue.map(({ uuid }, i) => [uuid, i]));
  const at = ({ id }: Task) => place.get(id) ?? queue.length;
  // Tasks come newest first; of those without a place the oldest is next.
  return tasks
    .filter(({ is_over }) => !is_over)
    .toReversed()
    .sort((a, b) => at(a) - at(b));
}
