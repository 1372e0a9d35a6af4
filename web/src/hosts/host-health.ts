import type { Part } from '@flotilla/contract/host-software';
import type { Host } from '@flotilla/contract/hosts';
import { age, ago } from '../pieces/relative-time.ts';
import { capital, counted } from '../pieces/words.ts';

export type Health = Pick<Host, 'status' | 'seen_time'>;

/** How many rows of the inventory were not understood. */
export const notUnderstood = (parts: readonly Part[]): number =>
  parts.flatMap((part) => part.problems).reduce((sum, problem) => sum + problem.count, 0);

/** When the part that waits longest was last renewed; null before the first inventory. */
const oldest = (parts: readonly Part[]): string | null =>
  parts.reduce<string | null>(
    (found, { ok_at }) => (ok_at !== null && (found === null || ok_at < found) ? ok_at : found),
    null,
  );

/** One line of health: "Online, inventory 4 minutes old, 2 rows not understood". */
export function healthLine(host: Health, parts: readonly Part[] | undefined, now: number): string {
  const facts = [host.status === 'online' ? 'online' : `${host.status}, last seen ${ago(host.seen_time, now)}`];
  if (parts) facts.push(...inventoryFacts(parts, now));
  return capital(facts.join(', '));
}

function inventoryFacts(parts: readonly Part[], now: number): string[] {
  const renewed = oldest(parts);
  const facts = [renewed === null ? 'waiting for its first inventory' : `inventory ${age(renewed, now)}`];
  const failed = parts.filter((part) => part.error !== null).length;
  const held = parts.filter((part) => part.held).length;
  const rows = notUnderstood(parts);
  if (failed > 0) facts.push(`${counted(failed, 'part')} not renewed`);
  if (held > 0) facts.push(`${counted(held, 'part')} held`);
  if (rows > 0) facts.push(`${counted(rows, 'row')} not understood`);
  return facts;
}

/** What a refetch waits for, while it waits. */
export function waitingFor(host: Pick<Host, 'status' | 'distributed_interval' | 'seen_time'>, now: number): string {
  if (host.status !== 'online') return `Waiting for the host to come back; last seen ${ago(host.seen_time, now)}`;
  if (host.distributed_interval <= 0) return 'Waiting for the host to ask for work';
  return `Waiting for the host, which asks every ${host.distributed_interval} seconds`;
}
