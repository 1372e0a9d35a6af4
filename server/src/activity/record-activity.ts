import { createHash } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { insertActivity, lockChain, readFleetOfHost, readLastHash } from './queries.ts';

/** What a person or the server changed; `type` and the keys of `details` are those of Fleet's API. */
export interface Activity {
  type: string;
  details: Record<string, unknown>;
  /** The host it was done on, for the page of that host. */
  hostId?: number;
  /** The fleet of what it was done to; absent: that of the host, else the one that `details` name. */
  fleetId?: number;
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
    fleet_id: await fleetOf(tx, activity),
  };
  const hash = chainHash(previous, row);
  await insertActivity(tx, { ...row, previous_hash: previous, hash });
}

/** In which fleet it was done, 0 on a host in none; null: in no fleet, so that only those with a role everywhere see it. */
async function fleetOf(tx: Tx, { fleetId, hostId, details }: Activity): Promise<number | null> {
  if (fleetId !== undefined) return fleetId;
  if (hostId !== undefined) return readFleetOfHost(tx, hostId);
  const named = details.fleet_id ?? details.team_id;
  return typeof named === 'number' ? named : null;
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

/**
 * Covers every field of the row and the hash before it, so that no row can be altered or taken out unnoticed. No fleet is no field:
 * that is how rows were written before fleets were.
 */
export function chainHash(previous: Buffer, row: Record<string, unknown>): Buffer {
  const fields = Object.keys(row)
    .filter((name) => name !== 'fleet_id' || row[name] !== null)
    .sort()
    .map((name) => {
      const value = row[name];
      return `${name}=${value instanceof Date ? value.toISOString() : String(value ?? '')}`;
    });
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest();
}
