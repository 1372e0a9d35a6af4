import type { Context } from '../kernel/context.ts';
import { collectDeltas } from '../kernel/counters/deltas.ts';
import type { Tx } from '../kernel/db/database.ts';
import type { EventMap, TransactionListeners } from '../kernel/events.ts';
import type { Catalogue } from './catalogue.ts';
import { sumChanges } from './comparison/sum-changes.ts';
import { appendChanges } from './queries/comparison.ts';
import * as rows from './queries/host-software.ts';
import { readMerged } from './queries/merge.ts';
import { closeHosts } from './queries/removal.ts';

const NOTHING: ReadonlySet<number> = new Set();

/** Counts along when hosts go to another fleet, or away, in the same transaction. */
export const createHostMoves = (catalogue: Catalogue): TransactionListeners => ({
  hostsChanging: async (tx) => void (await rows.passFence(tx)),
  hostsMoved: (tx, ctx, payload) => countMoved(ctx, tx, { catalogue, ...payload }),
  hostsDeleted: (tx, ctx, payload) => closeDeleted(ctx, tx, { catalogue, ...payload }),
});

/** For all fleets together nothing changes. */
async function countMoved(
  ctx: Context,
  tx: Tx,
  { catalogue, moves }: EventMap['hostsMoved'] & { catalogue: Catalogue },
): Promise<void> {
  const { software, keysOf } = await readKeys(tx, catalogue, moves);
  const deltas = collectDeltas();
  for (const { hostId, ...fleets } of moves) {
    for (const [kind, keys] of keysOf(hostId)) deltas.move(kind, fleets, keys);
  }
  await rows.appendDeltas(tx, deltas.rows('transfer'));
  const moved = moves.map((move) => ({ ...move, software: software.get(move.hostId) ?? NOTHING }));
  await ctx.events.inTransaction(tx, ctx, { name: 'softwareMoved', payload: { moves: moved } });
}

/** What was on the hosts is past. */
async function closeDeleted(
  ctx: Context,
  tx: Tx,
  { catalogue, hosts, at }: EventMap['hostsDeleted'] & { catalogue: Catalogue },
): Promise<void> {
  const { software, keysOf } = await readKeys(tx, catalogue, hosts);
  const deltas = collectDeltas();
  for (const { hostId, fleetId } of hosts) {
    for (const [kind, keys] of keysOf(hostId)) deltas.add(kind, fleetId, { before: keys, after: new Set() });
  }
  await rows.appendDeltas(tx, deltas.rows('host removed'));
  const gone = hosts.map(({ hostId, fleetId }) => {
    const [, [, before]] = keysOf(hostId);
    return { at, fleetId, before, after: NOTHING };
  });
  await appendChanges(tx, sumChanges(gone));
  await closeHosts(
    tx,
    hosts.map((host) => host.hostId),
    at,
  );
  const changes = hosts.map((host) => ({ ...host, before: software.get(host.hostId) ?? NOTHING, after: NOTHING }));
  await ctx.events.inTransaction(tx, ctx, { name: 'hostInventoryChanged', payload: { changes, at, isRemoval: true } });
}

/** The software of hosts, and the distinct titles and versions of each. */
async function readKeys(tx: Tx, catalogue: Catalogue, hosts: { hostId: number }[]) {
  const software = await rows.readHostSoftware(
    tx,
    hosts.map((host) => host.hostId),
  );
  const refs = await catalogue.read(tx, new Set([...software.values()].flatMap((ids) => [...ids])));
  const merged = await readMerged(tx);
  const keysOf = (
    hostId: number,
  ): [titles: [kind: string, keys: Set<number>], versions: [kind: string, keys: Set<number>]] => {
    const of = [...(software.get(hostId) ?? [])].flatMap((id) => refs.get(id) ?? []);
    return [
      ['title', new Set(of.map(({ titleId }) => merged.get(titleId) ?? titleId))],
      ['version', new Set(of.map((ref) => ref.versionId))],
    ];
  };
  return { software, keysOf };
}
