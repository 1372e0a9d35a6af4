import { createHash } from 'node:crypto';
import { type EnrolledKey, findHostByNodeKey } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { platformOf } from '../kernel/host-platform.ts';
import type { Platform } from '../kernel/host-queries.ts';
import type { Round } from './inventory-round.ts';

/** What a check-in needs to know of a host, in memory: an idle poll reads nothing from the database. */
export interface HostSession {
  hostId: number;
  platform: Platform;
  asked: number;
  askedAt: number;
  done: number;
  refetchAt: number | null;
  round: Round | null;
  /** Set while the number of the next inventory is fetched. */
  isStarting: boolean;
  loadedAt: number;
}

export interface HostSessions {
  /** The host that holds the key; null when there is none, or it holds it no more. */
  find(nodeKey: string): Promise<HostSession | null>;
}

/** Keys that were revoked by another process end after this long at the latest. */
const FRESH_FOR = 60_000;

export function createHostSessions(ctx: Context): HostSessions {
  const byKey = new Map<string, HostSession>();
  const keysOfHost = new Map<number, string>();
  ctx.nudges.listen((hostIds) => {
    for (const hostId of hostIds) {
      const session = byKey.get(keysOfHost.get(hostId) ?? '');
      if (session) session.loadedAt = 0;
    }
  });
  return {
    async find(nodeKey) {
      const hash = createHash('sha256').update(nodeKey).digest('base64');
      const known = byKey.get(hash);
      if (known && ctx.clock().getTime() - known.loadedAt < FRESH_FOR) return known;
      const row = await findHostByNodeKey(ctx, nodeKey);
      if (!row) {
        byKey.delete(hash);
        return null;
      }
      const session = refresh(byKey.get(hash), row, ctx.clock().getTime());
      byKey.set(hash, session);
      forgetOlderKey(byKey, keysOfHost.get(row.hostId), hash);
      keysOfHost.set(row.hostId, hash);
      return session;
    },
  };
}

/** One host holds one key at a time: an earlier one has been revoked. */
function forgetOlderKey(byKey: Map<string, HostSession>, older: string | undefined, current: string): void {
  if (older !== undefined && older !== current) byKey.delete(older);
}

function refresh(session: HostSession | undefined, row: EnrolledKey, now: number): HostSession {
  const stored = {
    hostId: row.hostId,
    platform: platformOf(row.platform),
    asked: row.inventoryAsked,
    askedAt: row.inventoryAskedAt?.getTime() ?? 0,
    done: row.inventoryDone,
    refetchAt: row.refetchRequestedAt?.getTime() ?? null,
    loadedAt: now,
  };
  if (!session) return { ...stored, round: null, isStarting: false };
  // Another process asked meanwhile: its round has the higher number, and ours is over.
  const round = session.round && session.round.asked >= stored.asked ? session.round : null;
  return Object.assign(session, stored, { round });
}
