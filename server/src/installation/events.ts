declare module '../kernel/events.ts' {
  interface EventMap {
    /** Tasks came to an end, each in one transaction with what ended it. */
    tasksEnded: { tasks: { id: string; hostId: number; rolloutId: number | null; policyId: number | null }[] };
    /** Packages leave the library; whoever uses them refuses by throwing. */
    packagesDeleting: { titleId: number; packageIds: number[]; isLast: boolean };
  }
}
