declare module '../kernel/events.ts' {
  interface EventMap {
    /** Policies were made, changed or deleted. */
    policiesChanged: { isAboutQuestions: boolean };
  }
}

export {};
