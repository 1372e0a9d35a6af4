const WIDTH = 24;
const EVERY_MS = 100;

/** Shows how far long work is on a terminal, in one line that is written over; elsewhere each step once. */
export function createProgressBar(output: NodeJS.WriteStream = process.stderr) {
  let shown = '';
  let at = 0;
  return {
    show(step: string, done?: { part: number; text: string }): void {
      if (!output.isTTY) {
        if (step !== shown) output.write(`${step}\n`);
        shown = step;
        return;
      }
      if (step === shown && Date.now() - at < EVERY_MS) return;
      shown = step;
      at = Date.now();
      output.write(`\r\x1b[K${step}${done ? `  ${bar(done.part)} ${done.text}` : ' …'}`);
    },
    clear(): void {
      if (output.isTTY) output.write('\r\x1b[K');
    },
  };
}

function bar(part: number): string {
  const full = Math.round(Math.min(Math.max(part, 0), 1) * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}

export const rows = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
export const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), units.length - 1);
  return `${(count / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
