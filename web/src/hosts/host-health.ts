import type { Part } from '@flotilla/contract/host-software';
import type { Host } from '@flotilla/contract/hosts';
import { age, ago, isNever } from '../pieces/relative-time.ts';
import { capital, counted } from '../pieces/words.ts';

export type Health = Pick<Host, 'status' | 'seen_time' | 'software_updated_at'>;

/** How many rows of the inventory were not understood. */
export const notUnderstood = (parts: readonly Part[]): number =>
  parts.flatMap((part) => part.problems).reduce((sum, problem) => sum + problem.count, 0);

/** One line of health: "Online, inventory 4 minutes old, 2 rows not understood". */
export function healthLine(host: Health, parts: readonly Part[] | undefined, now: number): string {
  const facts = [host.status === 'online' ? 'online' : `${host.status}, last seen ${ago(host.seen_time, now)}`];
  facts.push(
    isNever(host.software_updated_at)
      ? 'waiting for its first inventory'
      : `inventory ${age(host.software_updated_at, now)}`,
  );
  const failed = parts?.filter((part) => part.error !== null).length ?? 0;
  const held = parts?.filter((part) => part.held).length ?? 0;
  const rows = notUnderstood(parts ?? []);
  if (failed > 0) facts.push(`${counted(failed, 'part')} not renewed`);
  if (held > 0) facts.push(`${counted(held, 'part')} held`);
  if (rows > 0) facts.push(`${counted(rows, 'row')} not understood`);
  return capital(facts.join(', '));
}

/** What a refetch waits for, while it waits. */
export function waitingFor(host: Pick<Host, 'status' | 'distributed_interval' | 'seen_time'>, now: number): string {
  if (host.status !== 'online') return `Waiting for the host to come back; last seen ${ago(host.seen_time, now)}`;
  if (host.distributed_interval <= 0) return 'Waiting for the host to ask for work';
  return `Waiting for the host, which asks every ${host.distributed_interval} seconds`;
}
