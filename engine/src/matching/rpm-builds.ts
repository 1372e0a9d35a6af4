import type { Affected } from '../advisories/advisory.ts';

/**
 * What a release says of how a package was built, where builds of one package go their own ways: Oracle's for live patching
 * (`ksplice1`), and those that are certified (`fips`). Empty: the common one.
 */
export function buildOf(evr: string): string {
  const [, ksplice] = /\.(ksplice\d+)\./.exec(evr) ?? [];
  return ksplice ?? (/_fips\b/.test(evr) ? 'fips' : '');
}

/** Whether a statement is about another build than a package is, so that a higher version need not have the fix. */
export function isOfOtherBuild({ name, evr }: { name: string; evr: string }, { ranges }: Affected): boolean {
  const fixed = ranges[0]?.fixed;
  if (fixed === undefined) return false;
  if (buildOf(evr) !== buildOf(fixed)) return true;
  // Lines of Oracle's own kernel keep the version of the kernel they come from, and are called the same.
  return name.startsWith('kernel-uek') && versionOf(evr) !== versionOf(fixed);
}

/** Whether a range is of the line of versions that a package is of: `5.10` of 5.10.75. Lines have repositories of their own. */
export const isOfLine = (evr: string, line: string | undefined): boolean =>
  line !== undefined && (versionOf(evr) === versionOf(line) || versionOf(evr).startsWith(`${versionOf(line)}.`));

const versionOf = (evr: string) => evr.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
