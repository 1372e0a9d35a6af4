import { isUnparsable, type VersionScheme } from '@flotilla/engine/versions/scheme';
import { type SchemeName, schemes } from '@flotilla/engine/versions/schemes';

/** Whose versions can be compared, and the part of an inventory that tells of them. */
const SOURCES: Record<string, { scheme: SchemeName; part: string }> = {
  deb_packages: { scheme: 'dpkg', part: 'deb' },
};

/** The parts of an inventory that version rules are judged by. */
export const judgedParts: readonly string[] = Object.values(SOURCES).map(({ part }) => part);

export const partOfSource = (source: string): string => SOURCES[source]?.part ?? '';

/** Wherever a title is installed, at least this version. */
export interface VersionRule {
  title: string;
  source: string;
  minimum: string;
}

/** @returns why there can be no such rule, in a sentence; null when there can */
export function whyNoRule({ source, minimum }: Omit<VersionRule, 'title'>): string | null {
  const of = SOURCES[source];
  if (!of) return `versions of ${source} cannot be compared yet, only those of ${Object.keys(SOURCES).join(', ')}`;
  const parsed = schemes[of.scheme].parse(minimum);
  return isUnparsable(parsed) ? `${minimum} is no version of ${source}: ${parsed.problem}` : null;
}

/** What one version means; of several on a host the one with the lowest place decides. */
export interface JudgedVersion {
  versionId: number;
  /** Null: it cannot be compared. */
  passes: boolean | null;
  why: string;
  place: number;
}

/** Judges each version of a title. Older ones come first, then those that nobody can compare, and the lowest of equals. */
export function judgeVersions(rule: VersionRule, versions: { id: number; version: string }[]): JudgedVersion[] {
  const scheme: VersionScheme = schemes[SOURCES[rule.source]?.scheme ?? 'dpkg'];
  const minimum = scheme.parse(rule.minimum);
  const judged = versions.map(({ id, version }) => {
    const parsed = scheme.parse(version);
    const problem = isUnparsable(parsed) ? parsed.problem : isUnparsable(minimum) ? minimum.problem : null;
    if (problem !== null || isUnparsable(parsed) || isUnparsable(minimum)) {
      return {
        versionId: id,
        passes: null,
        why: `${rule.title} ${version} cannot be compared: ${problem}`,
        parsed: null,
      };
    }
    const passes = scheme.compare(parsed, minimum) >= 0;
    const why = passes
      ? `${rule.title} ${version} is ${rule.minimum} or newer`
      : `${rule.title} ${version} is older than ${rule.minimum}`;
    return { versionId: id, passes, why, parsed };
  });
  const weight = (passes: boolean | null) => (passes === false ? 0 : passes === null ? 1 : 2);
  return judged
    .sort(
      (a, b) =>
        weight(a.passes) - weight(b.passes) ||
        (a.parsed && b.parsed ? scheme.compare(a.parsed, b.parsed) : 0) ||
        a.versionId - b.versionId,
    )
    .map(({ versionId, passes, why }, place) => ({ versionId, passes, why, place }));
}
