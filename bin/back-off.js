const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** Pauses between restarts: they double with each, and are short again after a run that lasted. */
export function createBackOff(firstMs = FIRST_MS, longestMs = LONGEST_MS) {
  let pause = firstMs;
  return {
    /** @returns milliseconds to wait after a run of `ranForMs` */
    after(ranForMs) {
      if (ranForMs > longestMs) pause = firstMs;
      const now = pause;
      pause = Math.min(pause * 2, longestMs);
      return now;
    },
  };
}
