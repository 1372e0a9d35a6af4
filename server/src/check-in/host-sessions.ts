import { hash as hashText } from 'node:crypto';
import { type EnrolledKey, findHostByNodeKey, type KeyKind } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { platformOf } from '../kernel/host-platform.ts';
import type { Platform } from '../kernel/host-queries.ts';
import type { Round } from './inventory-round.ts';

/** What a check-in needs to know of a host, in memory: an idle poll reads nothing from the database. */
export interface HostSession {
  hostId: number;
  platform: Platform;
  fleetId: number | null;
  asked: number;
  askedAt: number;
  done: number;
  refetchAt: number | null;
  round: Round | null;
  /** Set while it is decided what to ask next. */
  isStarting: boolean;
  /** Whether the queue has to be asked for tasks. */
  mayHaveTasks: boolean;
  /** The last call of its agent, and when it came: an older one that arrives late is not taken. */
  sequence: number;
  sequenceAt: number;
  /** The last call that came behind a later one, and how many such counted up. */
  late: { sequence: number; at: number; calls: number };
  /** What its agent last said of itself, as one text to compare. */
  agentSaid: string | null;
  loadedAt: number;
}

export interface HostSessions {
  /** The host that holds the key; null when there is none, or it holds it no more. */
  find(kind: KeyKind, nodeKey: string): Promise<HostSession | null>;
}

/** Keys that were revoked by another process end after this long at the latest. */
const FRESH_FOR = 60_000;

interface KnownKey {
  kind: KeyKind;
  session: HostSession;
  /** Of the key, not of the host: a host may have two. */
  loadedAt: number;
}

export function createHostSessions(ctx: Context): HostSessions {
  const byKey = new Map<string, KnownKey>();
  const byHost = new Map<number, HostSession>();
  const keysOfHost = new Map<number, Partial<Record<KeyKind, string>>>();
  ctx.nudges.listen((hosts) => {
    // What a signal is about may be any of what is remembered.
    for (const session of hosts === 'all' ? byHost.values() : hosts.flatMap((id) => byHost.get(id) ?? [])) {
      session.loadedAt = 0;
    }
  });
  return {
    async find(kind, nodeKey) {
      const hash = hashText('sha256', nodeKey, 'base64');
      const known = byKey.get(hash);
      const now = ctx.clock().getTime();
      if (known && now - Math.min(known.loadedAt, known.session.loadedAt) < FRESH_FOR) {
        return known.kind === kind ? known.session : null;
      }
      const row = await findHostByNodeKey(ctx, nodeKey);
      if (!row) {
        byKey.delete(hash);
        return null;
      }
      const session = refresh(byHost.get(row.hostId), row, now);
      byHost.set(row.hostId, session);
      byKey.set(hash, { kind: row.kind, session, loadedAt: now });
      // One key of a kind at a time: an earlier one has been revoked.
      const { [row.kind]: earlier, ...others } = keysOfHost.get(row.hostId) ?? {};
      if (earlier !== undefined && earlier !== hash) byKey.delete(earlier);
      // Whoever holds a new key counts from the beginning.
      if (row.kind === 'agent' && earlier !== hash) Object.assign(session, notCounted());
      keysOfHost.set(row.hostId, { ...others, [row.kind]: hash });
      return row.kind === kind ? session : null;
    },
  };
}

function refresh(session: HostSession | undefined, row: EnrolledKey, now: number): HostSession {
  const stored = {
    hostId: row.hostId,
    platform: platformOf(row.platform),
    fleetId: row.fleetId,
    asked: row.inventoryAsked,
    askedAt: row.inventoryAskedAt?.getTime() ?? 0,
    done: row.inventoryDone,
    refetchAt: row.refetchRequestedAt?.getTime() ?? null,
    mayHaveTasks: row.mayHaveTasks,
    loadedAt: now,
  };
  if (!session)
    return {
      ...stored,
      round: null,
      isStarting: false,
      ...notCounted(),
      agentSaid: null,
    };
  // Another process asked meanwhile: its round has the higher number, and ours is over.
  const round = session.round && session.round.asked >= stored.asked ? session.round : null;
  return Object.assign(session, stored, { round });
}

const notCounted = () => ({ sequence: 0, sequenceAt: 0, late: { sequence: 0, at: 0, calls: 0 } });
