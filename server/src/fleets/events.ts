declare module '../kernel/events.ts' {
  interface EventMap {
    /** A fleet is about to be deleted, with no host in it any more: whoever has something of it takes it away, or refuses. */
    fleetDeleting: { fleetId: number; name: string };
  }
}

export {};
