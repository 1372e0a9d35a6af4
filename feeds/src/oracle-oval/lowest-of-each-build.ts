import type { Affected } from '@flotilla/engine/advisories/advisory';
import { buildOf } from '@flotilla/engine/matching/rpm-builds';
import { lowestBuilds } from '../osv/lowest-builds.ts';

/** An update names a package once for each architecture and each kind of build, whose versions say nothing of each other. */
export function lowestOfEachBuild(statements: readonly Affected[]): readonly Affected[] {
  const builds = Map.groupBy(statements, ({ ranges }) => buildOf(ranges[0]?.fixed ?? ''));
  return [...builds.values()].flatMap(lowestBuilds);
}
