import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import type { Context } from './context.ts';
import type { Db } from './db/database.ts';
import { LimitError } from './errors.ts';

/** So many tries in so many seconds. */
export interface TryLimit {
  tries: number;
  seconds: number;
}

/**
 * Takes a try before it is known how it ends, so that a hundred at once are no hundred tries. Counted in the database, for all
 * processes together.
 * @param key what is limited, and for whom: `sign-in peer 192.0.2.7`
 * @throws LimitError when there is none left in this window of time
 */
export async function takeTry(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  key: string,
  { tries, seconds }: TryLimit,
): Promise<void> {
  const now = clock();
  const over = new Date(now.getTime() - seconds * 1000);
  const { rows } = await sql`
    insert into kernel.try as kept (key, since, count) values (${key}, ${now}, 1)
    on conflict (key) do update set
      since = case when kept.since <= ${over} then excluded.since else kept.since end,
      count = case when kept.since <= ${over} then 1 else kept.count + 1 end
    where kept.since <= ${over} or kept.count < ${tries} returning key`.execute(db);
  if (rows.length > 0) return;
  const row = await db.selectFrom('kernel.try').select('since').where('key', '=', key).executeTakeFirst();
  const left = (row?.since ?? now).getTime() + seconds * 1000 - now.getTime();
  throw new LimitError(Math.max(1, Math.ceil(left / 1000)));
}

/** Gives a try back that succeeded: only failures use a limit up. */
export async function returnTry(db: Db, key: string): Promise<void> {
  await sql`update kernel.try set count = count - 1 where key = ${key} and count > 0`.execute(db);
}

/** Starts anew. */
export async function forgetTries(db: Db, key: string): Promise<void> {
  await db.deleteFrom('kernel.try').where('key', '=', key).execute();
}

/** Whoever has one IPv6 address has 2^64 of them: they count as one. */
export function peerOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const start = head.split(':').filter(Boolean);
  const end = tail?.split(':').filter(Boolean) ?? [];
  const gap = tail === undefined ? [] : Array(8 - start.length - end.length).fill('0');
  const groups = [...start, ...gap, ...end].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** Longer than any window. */
const KEPT = 86_400_000;

export async function sweepTries({ db, clock }: Context): Promise<void> {
  await db
    .deleteFrom('kernel.try')
    .where('since', '<', new Date(clock().getTime() - KEPT))
    .execute();
}
