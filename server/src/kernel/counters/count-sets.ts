import { type Counts, countName } from './compare.ts';
import { ALL_FLEETS, NO_FLEET } from './spec.ts';

/** Counts hosts by what they have, in arrays by key: a fleet has millions of pairs. */
export interface SetCounter {
  /** A host's keys, of which each counts once. Hosts of one fleet come together. */
  add(fleetId: number | null, keys: Iterable<number>): void;
  finish(): Counts;
}

export function createSetCounter(): SetCounter {
  const counts: Counts = new Map();
  let all = new Int32Array(1024);
  let ofFleet = new Int32Array(1024);
  let lastHost = new Int32Array(1024);
  let found: number[] = [];
  let fleet = NO_FLEET;
  let host = 0;
  const makeRoom = (key: number) => {
    const size = 2 ** Math.ceil(Math.log2(key + 1));
    all = grown(all, size);
    ofFleet = grown(ofFleet, size);
    lastHost = grown(lastHost, size);
  };
  const closeFleet = () => {
    for (const key of found) {
      const hosts = ofFleet[key] ?? 0;
      counts.set(countName(fleet, key), hosts);
      all[key] = (all[key] ?? 0) + hosts;
      ofFleet[key] = 0;
    }
    found = [];
  };
  return {
    add(fleetId, keys) {
      if ((fleetId ?? NO_FLEET) !== fleet) {
        closeFleet();
        fleet = fleetId ?? NO_FLEET;
      }
      host += 1;
      for (const key of keys) {
        if (key >= lastHost.length) makeRoom(key);
        if (lastHost[key] === host) continue;
        lastHost[key] = host;
        const before = ofFleet[key] ?? 0;
        if (before === 0) found.push(key);
        ofFleet[key] = before + 1;
      }
    },
    finish() {
      closeFleet();
      for (const [key, hosts] of all.entries()) if (hosts > 0) counts.set(countName(ALL_FLEETS, key), hosts);
      return counts;
    },
  };
}

function grown(before: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const after = new Int32Array(size);
  after.set(before);
  return after;
}
