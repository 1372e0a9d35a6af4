import { createHash } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { insertActivity, lockChain, readLastHash } from './queries.ts';

/** What a person or the server changed; `type` and the keys of `details` are those of Fleet's API. */
export interface Activity {
  type: string;
  details: Record<string, unknown>;
  /** The host it was done on, for the page of that host. */
  hostId?: number;
}

const NO_HASH = Buffer.alloc(32);

/** Writes the audit row in the transaction of the change itself, chained to the row before it. */
export async function recordActivity(ctx: Context, tx: Tx, activity: Activity): Promise<void> {
  await lockChain(tx);
  const previous = (await readLastHash(tx)) ?? NO_HASH;
  const row = {
    at: ctx.clock(),
    ...describeActor(ctx),
    type: activity.type,
    details: canonicalJson(activity.details),
    host_id: activity.hostId ?? null,
  };
  const hash = chainHash(previous, row);
  await insertActivity(tx, { ...row, previous_hash: previous, hash });
}

function describeActor({ actor }: Context) {
  if (actor.kind === 'person') return { actor_id: actor.id, actor_name: actor.name, actor_email: actor.email };
  return { actor_id: null, actor_name: 'Flotilla', actor_email: '' };
}

/** The same text for what PostgreSQL gives back: it keeps keys in an order of its own. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Covers every field of the row and the hash before it, so that no row can be altered or taken out unnoticed. */
export function chainHash(previous: Buffer, row: Record<string, unknown>): Buffer {
  const fields = Object.keys(row)
    .sort()
    .map((name) => {
      const value = row[name];
      return `${name}=${value instanceof Date ? value.toISOString() : String(value ?? '')}`;
    });
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest();
}
