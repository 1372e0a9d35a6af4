import { collectDeltas } from '../kernel/counters/deltas.ts';
import type { Tx } from '../kernel/db/database.ts';
import type { EventMap } from '../kernel/events.ts';
import { vulnerabilityCount } from './counts.ts';
import { appendDeltas, readActive, readGeneration, readPublishedSince } from './queries/publishing.ts';

/** Active vulnerabilities by software, in memory and never older than the fence lets a transaction see. */
interface ActiveCache {
  /** Forgets what was published since: once a transaction, before it reads. */
  refresh(tx: Tx): Promise<void>;
  read(tx: Tx, softwareIds: Iterable<number>): Promise<Map<number, readonly number[]>>;
}

const MOST_CACHED = 1_000_000;

function createActiveCache(): ActiveCache {
  const known = new Map<number, readonly number[]>();
  let generation = 0;
  return {
    async refresh(tx) {
      const current = await readGeneration(tx);
      if (current > generation) for (const id of await readPublishedSince(tx, generation)) known.delete(id);
      generation = Math.max(generation, current);
      if (known.size > MOST_CACHED) known.clear();
    },
    async read(tx, softwareIds) {
      const wanted = new Set(softwareIds);
      const missing = [...wanted].filter((id) => !known.has(id));
      const read = missing.length > 0 ? await readActive(tx, missing) : new Map<number, number[]>();
      for (const id of missing) known.set(id, read.get(id) ?? []);
      return new Map([...wanted].map((id) => [id, known.get(id) ?? []]));
    },
  };
}

/**
 * Counts along with the inventory: what a host's software carried before and carries now, in the same transaction. Most hosts
 * get and lose nothing that has a vulnerability; only of the others all software is looked at.
 */
export function createCountChanges(): (tx: Tx, changes: EventMap['hostInventoryChanged']['changes']) => Promise<void> {
  const cache = createActiveCache();
  return async (tx, changes) => {
    await cache.refresh(tx);
    const moved = changes.map((change) => ({ ...change, moved: differenceOf(change) }));
    const risky = await cache.read(
      tx,
      moved.flatMap((change) => change.moved),
    );
    const affected = moved.filter((change) => change.moved.some((id) => risky.get(id)?.length));
    const active = await cache.read(
      tx,
      affected.flatMap(({ before, after }) => [...before, ...after]),
    );
    const carried = (software: ReadonlySet<number>) => new Set([...software].flatMap((id) => active.get(id) ?? []));
    const deltas = collectDeltas();
    for (const { fleetId, before, after } of affected) {
      deltas.add(vulnerabilityCount.kind, fleetId, { before: carried(before), after: carried(after) });
    }
    await appendDeltas(tx, deltas.rows('inventory'));
  };
}

/** What is in one of the two only. */
const differenceOf = ({ before, after }: { before: ReadonlySet<number>; after: ReadonlySet<number> }): number[] => [
  ...[...before].filter((id) => !after.has(id)),
  ...[...after].filter((id) => !before.has(id)),
];
