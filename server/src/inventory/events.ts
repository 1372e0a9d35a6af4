/** How one host's software changed in one transaction. */
export interface HostChange {
  hostId: number;
  fleetId: number | null;
  /** Distinct software before and after. */
  before: ReadonlySet<number>;
  after: ReadonlySet<number>;
}

declare module '../kernel/events.ts' {
  interface EventMap {
    /** Distinct software never seen before, on any host. */
    softwareDiscovered: { softwareIds: number[] };
    /** Software came to hosts or left them; `isRemoval`: the hosts went away. */
    hostInventoryChanged: { changes: HostChange[]; at: Date; isRemoval?: boolean };
    /** Titles were merged, or a merge was undone; inventory stands still meanwhile. */
    titlesMerged: { titleIds: number[]; at: Date };
    /** Hosts went to another fleet, with all that is on them. */
    softwareMoved: {
      moves: { hostId: number; from: number | null; to: number | null; software: ReadonlySet<number> }[];
    };
    /** Parts of a host's inventory were received whole and taken, also when nothing changed in them. Held ones are not. */
    inventoryReceived: { received: { hostId: number; part: string; asked: number }[] };
  }
}
