const EVERY = 1000;

/** Shows a running count on standard error when that is a terminal, and nothing elsewhere. */
export function createProgress(label: string): { count: (done: number) => void; clear: () => void } {
  const { stderr } = process;
  if (!stderr.isTTY) return { count: () => {}, clear: () => {} };
  return {
    count: (done) => void (done % EVERY === 0 && stderr.write(`\r${label}: ${done.toLocaleString('en')}`)),
    clear: () => void stderr.write('\r\x1b[K'),
  };
}
