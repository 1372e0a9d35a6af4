import { compareDottedNumbers, parseDottedNumbers } from './dotted-numbers.ts';
import { isUnparsable, type Unparsable, type VersionScheme } from './scheme.ts';

/**
 * Builds of Windows as 10.0.19045.3803, and versions of files: up to four numbers. Some files write commas for dots, and
 * those of Windows have the branch they were built from behind it: `10.0.19041.1 (WinBuild.160101.0800)`.
 */
export const windows: VersionScheme<string[]> = { parse, compare: compareDottedNumbers };

function parse(text: string): string[] | Unparsable {
  const numbers = parseDottedNumbers(withDots(withoutBranch(text)));
  if (isUnparsable(numbers)) return numbers;
  return numbers.length > 4 ? { problem: 'the version has more than four numbers' } : numbers;
}

function withoutBranch(text: string): string {
  const at = text.indexOf(' (');
  return at !== -1 && text.indexOf(')') === text.length - 1 ? text.slice(0, at) : text;
}

const withDots = (text: string) => (text.includes('.') ? text : text.replaceAll(', ', '.').replaceAll(',', '.'));
