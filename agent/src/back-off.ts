/** How long to wait before the next try. */
export interface BackOff {
  /** Milliseconds; doubled with each call, and never the same for two hosts that failed together. */
  next(): number;
  /** Something succeeded: the next pause is short again. */
  reset(): void;
}

export function createBackOff({ firstMs = 1000, longestMs = 60_000, random = Math.random } = {}): BackOff {
  let failures = 0;
  return {
    next() {
      const pauseMs = Math.min(firstMs * 2 ** failures, longestMs);
      failures += 1;
      return Math.round(pauseMs * (0.5 + random() / 2));
    },
    reset() {
      failures = 0;
    },
  };
}
