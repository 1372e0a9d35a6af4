export interface MovedHost {
  hostId: number;
  /** Null: in no fleet. */
  from: number | null;
  to: number | null;
}

export interface DeletedHost {
  hostId: number;
  fleetId: number | null;
}

declare module '../kernel/events.ts' {
  interface EventMap {
    /** Hosts are about to be locked and changed: whoever counts them passes its fence first. */
    hostsChanging: Record<string, never>;
    /** Hosts are in another fleet. */
    hostsMoved: { moves: MovedHost[]; at: Date };
    /** Hosts are gone, with what is on them. Those that come back keep their history. */
    hostsDeleted: { hosts: DeletedHost[]; at: Date };
    /** Hosts came to labels or left them: some hosts, or, where none are named, whichever. */
    labelMembersChanged: { hostIds?: number[] };
    /** A label is about to be deleted: whoever goes by it refuses. */
    labelDeleting: { labelId: number; name: string };
  }
}
