/** What one look at the installation found. */
export interface Check {
  name: string;
  state: 'ok' | 'wrong' | 'unknown';
  /** What was seen. */
  found: string;
  /** What to do; only for what is wrong or unknown. */
  remedy?: string;
}

export const ok = (name: string, found: string): Check => ({ name, state: 'ok', found });
export const wrong = (name: string, found: string, remedy: string): Check => ({ name, state: 'wrong', found, remedy });
export const unknown = (name: string, found: string, remedy: string): Check => ({
  name,
  state: 'unknown',
  found,
  remedy,
});

const MARKS = { ok: '✓', wrong: '✗', unknown: '?' };

/** A line a check, and below each that is not well what to do. */
export function checksTable(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, state, found, remedy }) => [
      `${MARKS[state]} ${name.padEnd(width)}  ${found}`,
      ...(remedy ? [`  ${' '.repeat(width)}  → ${remedy}`] : []),
    ])
    .join('\n');
}
