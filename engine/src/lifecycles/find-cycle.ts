import type { LifecycleCycle } from './lifecycle.ts';

/** The numbers a version starts with: of `1:18.20.1-1nodesource1` these are 18, 20 and 1. */
export const numbersOf = (version: string): string[] =>
  /^(?:\d+:)?(?:v|go)?(\d+(?:\.\d+)*)/i.exec(version.trim())?.[1]?.split('.').map(withoutZeros) ?? [];

const withoutZeros = (number: string) => number.replace(/^0+(?=\d)/, '');

/**
 * The cycle whose name a version starts with, number by number; of several the longest: 3.11.4 is of 3.11 and not of 3.1.
 * Names with more in them than numbers are of variants that a version does not tell.
 */
export function findCycle(cycles: readonly LifecycleCycle[], version: string): LifecycleCycle | null {
  const numbers = numbersOf(version);
  let found: LifecycleCycle | null = null;
  let longest = 0;
  for (const cycle of cycles) {
    if (!/^\d+(?:\.\d+)*$/.test(cycle.name)) continue;
    const named = cycle.name.split('.').map(withoutZeros);
    if (named.length <= longest || named.some((number, place) => numbers[place] !== number)) continue;
    found = cycle;
    longest = named.length;
  }
  return found;
}
