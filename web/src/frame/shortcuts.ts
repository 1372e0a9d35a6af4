type Place =
  | '/'
  | '/hosts'
  | '/software'
  | '/vulnerabilities'
  | '/updates'
  | '/policies'
  | '/library'
  | '/activity'
  | '/os'
  | '/settings';
export type Shortcut = 'search' | 'help' | 'down' | 'up' | 'select' | { go: Place };

/** What the help dialog lists, in its order. */
export const shortcutHelp = [
  { keys: ['/'], does: 'Search hosts and software' },
  { keys: ['j'], does: 'Next row of the list' },
  { keys: ['k'], does: 'Previous row of the list' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['x'], does: 'Select the row' },
  { keys: ['g', 'i'], does: 'Go to Home' },
  { keys: ['g', 'h'], does: 'Go to hosts' },
  { keys: ['g', 's'], does: 'Go to software' },
  { keys: ['g', 'v'], does: 'Go to vulnerabilities' },
  { keys: ['g', 'u'], does: 'Go to updates' },
  { keys: ['g', 'p'], does: 'Go to policies' },
  { keys: ['g', 'l'], does: 'Go to the library' },
  { keys: ['g', 'a'], does: 'Go to the activity' },
  { keys: ['g', 'o'], does: 'Go to operating systems' },
  { keys: ['g', 'e'], does: 'Go to the settings' },
  { keys: ['Esc'], does: 'Leave the search or close a dialog' },
  { keys: ['?'], does: 'Show this help' },
] as const;

const single: Record<string, Shortcut> = { '/': 'search', '?': 'help', j: 'down', k: 'up', x: 'select' };
const afterG: Record<string, Shortcut> = {
  i: { go: '/' },
  h: { go: '/hosts' },
  s: { go: '/software' },
  v: { go: '/vulnerabilities' },
  u: { go: '/updates' },
  p: { go: '/policies' },
  l: { go: '/library' },
  a: { go: '/activity' },
  o: { go: '/os' },
  e: { go: '/settings' },
};

/** What a key means after the one before it; `g` waits for a second key. */
export function interpret(before: string, key: string): { shortcut?: Shortcut; waiting: string } {
  if (before === 'g') return { shortcut: afterG[key], waiting: '' };
  if (key === 'g') return { waiting: 'g' };
  return { shortcut: single[key], waiting: '' };
}

/** The row to go to from the focused one; -1 means none is focused. */
export function nextRow(current: number, count: number, step: 1 | -1): number {
  if (current === -1) return step === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, current + step));
}
