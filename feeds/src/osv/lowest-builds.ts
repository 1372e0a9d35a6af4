import type { Affected } from '@flotilla/engine/advisories/advisory';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';

/**
 * One statement a package and module. An update lists a package once for each of its builds: of every architecture, of parts
 * of a module that did not change, and again when it is built anew. Whoever has any of them has what the update brings.
 */
export function lowestBuilds(statements: readonly Affected[]): readonly Affected[] {
  const lowest = new Map<string, Affected>();
  for (const statement of statements) {
    const about = `${statement.key} ${statement.only?.module ?? ''}`;
    const known = lowest.get(about);
    if (!known || isLower(statement, known)) lowest.set(about, statement);
  }
  return [...lowest.values()];
}

/** Whether one statement names an earlier build with the fix than another. */
export function isLower(a: Affected, b: Affected): boolean {
  const [fixedInA, fixedInB] = [a.ranges[0]?.fixed, b.ranges[0]?.fixed];
  return fixedInA !== undefined && fixedInB !== undefined && compareVersions('rpm', fixedInA, fixedInB) === -1;
}
