const isTerminal = process.stdout.isTTY === true;
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Shows what is going on, one line a step with the time it took, and lets other lines pass between. */
export function createProgress(write = (text) => process.stdout.write(text), rewrites = isTerminal) {
  let current = null;
  const end = (mark) => {
    if (!current) return;
    const line = `${mark} ${current.text} (${seconds(Date.now() - current.since)})`;
    write(rewrites ? `\r\x1b[2K${line}\n` : `${line}\n`);
    current = null;
  };
  return {
    /** The step before, if any, is done. */
    step(text) {
      end('✓');
      current = { text, since: Date.now() };
      if (rewrites) write(`… ${text}`);
    },
    done: () => end('✓'),
    failed: () => end('✗'),
    line(text) {
      if (current && rewrites) write(`\r\x1b[2K${text}\n… ${current.text}`);
      else write(`${text}\n`);
    },
  };
}
