/** How long to wait before the next try. */
export interface BackOff {
  /**
   * Milliseconds; doubled with each call, never the same for two hosts that failed together, and longer than what the
   * server asked for.
   */
  next(askedMs?: number | null): number;
  /** Something succeeded: the next pause is short again. */
  reset(): void;
}

/** Of the longest pause: hosts that lost their server together come back spread over most of it. */
const LEAST_SHARE = 0.25;
/** A server that asks for more makes a mistake, which must not silence a host. */
const MOST_ASKED_MS = 600_000;

export function createBackOff({ firstMs = 1000, longestMs = 60_000, random = Math.random } = {}): BackOff {
  let failures = 0;
  return {
    next(askedMs = 0) {
      const pauseMs = Math.min(firstMs * 2 ** failures, longestMs);
      failures += 1;
      const asked = Math.min(askedMs ?? 0, MOST_ASKED_MS);
      return Math.round(asked + pauseMs * (LEAST_SHARE + random() * (1 - LEAST_SHARE)));
    },
    reset() {
      failures = 0;
    },
  };
}
