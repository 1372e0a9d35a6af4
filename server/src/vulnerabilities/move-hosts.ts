import type { EventMap } from '../kernel/events.ts';

type Change = EventMap['hostInventoryChanged']['changes'][number];

/** A host that goes from one fleet to another, as one that loses everything and one that gets it: for all fleets together nothing changes. */
export const asChanges = ({ moves }: EventMap['softwareMoved']): Change[] =>
  moves.flatMap(({ hostId, from, to, software }) => [
    { hostId, fleetId: from, before: software, after: new Set<number>() },
    { hostId, fleetId: to, before: new Set<number>(), after: software },
  ]);
