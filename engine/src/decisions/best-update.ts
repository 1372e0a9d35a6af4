import { compareVersions } from '../versions/compare-versions.ts';
import type { SchemeName } from '../versions/schemes.ts';

/** A vulnerability in versions that are installed, with the version that ends it. */
export interface OpenFinding {
  vulnerability: string;
  /** Null: no version with a fix is known. */
  fix: string | null;
  /** What it weighs, over all hosts. */
  risk: number;
}

export interface UpdateQuestion {
  scheme: SchemeName;
  findings: readonly OpenFinding[];
  /** The vulnerabilities that a version has itself, or of which nobody can tell. */
  stillIn: (version: string) => ReadonlySet<string>;
}

export interface BestUpdate {
  version: string;
  /** Whether the update ends this finding. */
  clears: (finding: Pick<OpenFinding, 'vulnerability' | 'fix'>) => boolean;
}

/** More lines than these are not maintained at once. */
const MOST_LINES = 5;

/**
 * The one version whose installation takes most risk away, among the newest fix of each line (`14` of macOS, `115` of Firefox); of
 * equals the oldest, because it is the smallest step. It clears a finding whose fix is not newer than itself, unless it has that
 * vulnerability too.
 * @returns null where no version with a fix is known, or none can be compared
 */
export function bestUpdate({ scheme, findings, stillIn }: UpdateQuestion): BestUpdate | null {
  let best: (BestUpdate & { risk: number }) | null = null;
  for (const version of candidates(scheme, findings)) {
    const still = stillIn(version);
    const clears: BestUpdate['clears'] = ({ vulnerability, fix }) =>
      fix !== null && isAtMost(scheme, fix, version) && !still.has(vulnerability);
    const cleared = findings.filter(clears);
    const risk = cleared.reduce((sum, one) => sum + one.risk, 0);
    if (cleared.length > 0 && (best === null || risk >= best.risk)) best = { version, clears, risk };
  }
  return best && { version: best.version, clears: best.clears };
}

/** Newest first. */
function candidates(scheme: SchemeName, findings: readonly OpenFinding[]): string[] {
  const fixes = new Set(findings.flatMap(({ fix }) => fix ?? []));
  const newest = [...fixes]
    .filter((version) => compareVersions(scheme, version, version) === 0)
    .sort((a, b) => (isAtMost(scheme, a, b) ? (isAtMost(scheme, b, a) ? (a < b ? 1 : -1) : 1) : -1));
  const lines = new Map<string, string>();
  for (const version of newest) {
    const line = version.split('.')[0] ?? '';
    if (!lines.has(line)) lines.set(line, version);
  }
  return [...lines.values()].slice(0, MOST_LINES);
}

function isAtMost(scheme: SchemeName, a: string, b: string): boolean {
  const order = compareVersions(scheme, a, b);
  return order === -1 || order === 0;
}
