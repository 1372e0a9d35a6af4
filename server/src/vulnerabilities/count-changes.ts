import { collectDeltas, type DeltaSet } from '../kernel/counters/deltas.ts';
import type { Tx } from '../kernel/db/database.ts';
import type { EventMap } from '../kernel/events.ts';
import {
  type Carried,
  carriesAnything,
  type HostVulnerabilities,
  NOTHING_CARRIED,
  vulnerabilitiesOf,
} from './carried.ts';
import { acceptedCount, vulnerabilityCount } from './counts.ts';
import type { CarriedOnHost } from './due/settle-due.ts';
import { readCarried, readNamed } from './queries/carried.ts';
import { appendDeltas, readGeneration, readPublishedSince } from './queries/publishing.ts';

/** What software carries, in memory and never older than the fence lets a transaction see. */
interface CarriedCache {
  /** Forgets what was published since: once a transaction, before it reads. */
  refresh(tx: Tx): Promise<void>;
  read(tx: Tx, softwareIds: Iterable<number>): Promise<Map<number, Carried>>;
}

const MOST_CACHED = 1_000_000;

function createCarriedCache(): CarriedCache {
  const known = new Map<number, Carried>();
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
      const read = missing.length > 0 ? await readCarried(tx, missing) : new Map<number, Carried>();
      for (const id of missing) known.set(id, read.get(id) ?? NOTHING_CARRIED);
      return new Map([...wanted].map((id) => [id, known.get(id) ?? NOTHING_CARRIED]));
    },
  };
}

type CountChanges = (
  tx: Tx,
  changes: EventMap['hostInventoryChanged']['changes'],
  reason?: 'inventory' | 'transfer' | 'host removed',
) => Promise<CarriedOnHost[]>;

/**
 * Counts along with the inventory: what a host's software carried before and carries now, in the same transaction. Most hosts
 * get and lose nothing that has a vulnerability; only of the others all software is looked at.
 * @returns what these carried and carry that no exception is about
 */
export function createCountChanges(): CountChanges {
  const cache = createCarriedCache();
  return async (tx, changes, reason = 'inventory') => {
    await cache.refresh(tx);
    const moved = changes.map((change) => ({ ...change, moved: differenceOf(change) }));
    const risky = await cache.read(
      tx,
      moved.flatMap((change) => change.moved),
    );
    const affected = moved.filter((change) =>
      change.moved.some((id) => carriesAnything(risky.get(id) ?? NOTHING_CARRIED)),
    );
    const carried = await cache.read(
      tx,
      affected.flatMap(({ before, after }) => [...before, ...after]),
    );
    const named = [...carried.values()].some((one) => one.split.some((finding) => finding.exceptionIds.length > 0))
      ? await readNamed(
          tx,
          affected.map((change) => change.hostId),
        )
      : new Map<number, Set<number>>();
    const deltas = collectDeltas();
    const hosts: CarriedOnHost[] = [];
    for (const { hostId, fleetId, before, after } of affected) {
      const scope = { fleetId, exceptionIds: named.get(hostId) ?? new Set<number>() };
      const on = (software: ReadonlySet<number>) =>
        vulnerabilitiesOf(
          [...software].map((id) => carried.get(id) ?? NOTHING_CARRIED),
          scope,
        );
      const [had, has] = [on(before), on(after)];
      addDifference(deltas, fleetId, { before: had, after: has });
      hosts.push({ hostId, before: had.open, after: has.open });
    }
    await appendDeltas(tx, deltas.rows(reason));
    return hosts;
  };
}

/** What a host had and has now, as differences of both counters. */
export function addDifference(
  deltas: DeltaSet,
  fleetId: number | null,
  { before, after }: { before: HostVulnerabilities; after: HostVulnerabilities },
): void {
  deltas.add(vulnerabilityCount.kind, fleetId, { before: before.open, after: after.open });
  deltas.add(acceptedCount.kind, fleetId, { before: before.accepted, after: after.accepted });
}

/** What is in one of the two only. */
const differenceOf = ({ before, after }: { before: ReadonlySet<number>; after: ReadonlySet<number> }): number[] => [
  ...[...before].filter((id) => !after.has(id)),
  ...[...after].filter((id) => !before.has(id)),
];
