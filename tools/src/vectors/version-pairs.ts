import type { Random } from './random.ts';

const fixedVersion = /"fixed_version":\s*"([^"\\]+)"/g;

/** The distinct fixed versions in a tracker file, sorted. */
export const versionsIn = (text: string): string[] =>
  [...new Set([...text.matchAll(fixedVersion)].flatMap(([, version]) => version ?? []))].sort();

/** What versions are made of; odd ones are wanted too. */
const pieces = [
  ...['~', '+', '-', '.', ':', '0', '00', '1', '9', '10', 'a', 'Z', '~~', '~rc1', '+b1', '+deb12u1', '~bpo12+1'],
  ...['~deb12u1', '+really', '-1', '-0', '1:', '.0', '99999999999999999999'],
];

/** Cuts, doubles or puts in a piece, as often as said; the answer may be no version any more. */
export function mutate(version: string, random: Random, times: number): string {
  let text = version;
  for (let i = 0; i < times; i++) {
    const at = random.below(text.length + 1);
    const end = Math.min(text.length, at + random.below(3));
    const middle = random.pick([random.pick(pieces), '', text.slice(at, end).repeat(2)]);
    text = text.slice(0, at) + middle + text.slice(end);
  }
  return text;
}

/** Neighbours in the sorted list, pairs from anywhere, and versions beside mutations of themselves. */
export function pairs(real: readonly string[], random: Random, count: number): (readonly [string, string])[] {
  return Array.from({ length: count }, () => {
    const at = random.below(real.length - 1);
    const one = real[at] ?? '0';
    const other = random.pick([
      () => real[at + 1] ?? '0',
      () => random.pick(real),
      () => mutate(one, random, 1),
      () => mutate(one, random, 1),
      () => mutate(one, random, 2),
    ])();
    const pair = [one, other || '0'] as const;
    return random.below(2) === 0 ? pair : ([pair[1], pair[0]] as const);
  });
}
