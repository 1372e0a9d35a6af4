import type { Part } from '@flotilla/contract/host-software';
import { counted } from '../pieces/words.ts';

const names: Record<string, string> = {
  os: 'Operating system',
  deb: 'Debian packages',
  rpm: 'RPM packages',
  apk: 'Alpine packages',
  pacman: 'Arch packages',
  portage: 'Gentoo packages',
  apps: 'Applications',
  programs: 'Programs',
  homebrew: 'Homebrew packages',
  chocolatey: 'Chocolatey packages',
  kbs: 'Windows updates',
  browser: 'Browser extensions',
  editor: 'Editor extensions',
  adobe: 'Adobe plug-ins',
  python: 'Python packages',
  npm: 'npm packages',
  go: 'Go binaries',
};

/** A part of the inventory in plain words; an unknown one as it calls itself. */
export const partName = (part: string): string => names[part] ?? part.replaceAll('_', ' ');

/** How one part of the inventory is, and why. */
export function partState(part: Part): { tone: 'good' | 'wait' | 'warn' | 'bad'; words: string } {
  if (part.error !== null) return { tone: 'bad', words: `Not renewed: ${part.error}` };
  if (part.held) return { tone: 'warn', words: 'Held: it shrank a lot, a second answer must agree' };
  if (part.ok_at === null) return { tone: 'wait', words: 'Waiting for its first answer' };
  const rows = part.problems.reduce((sum, problem) => sum + problem.count, 0);
  if (rows > 0) return { tone: 'warn', words: `${counted(rows, 'row')} not understood` };
  return { tone: 'good', words: 'Complete' };
}
