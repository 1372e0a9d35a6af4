import type { Conclusion } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import { withoutPreceded } from './precedence.ts';

/** What counts of several conclusions about one vulnerability, step by step: each list holds some of the one before. */
export interface Weighing {
  /** What no other feed comes before. */
  heard: readonly Conclusion[];
  /** What the matcher lets decide. */
  decisive: readonly Conclusion[];
  decided: Conclusion;
}

export function weigh(conclusions: readonly Conclusion[], matcher: Matcher): Weighing {
  const heard = withoutPreceded(conclusions);
  const decisive = heard.length > 1 ? (matcher.decisive?.(heard) ?? heard) : heard;
  return { heard, decisive, decided: strongest(decisive) };
}

/** Among conclusions about one vulnerability the worst; ties go by name, for the order of arrival must not matter. */
export const strongest = (conclusions: readonly Conclusion[]): Conclusion =>
  conclusions.reduce((known, each) => (isStronger(each, known) ? each : known));

const strength = { affected: 2, unknown: 1, not_affected: 0 };

function isStronger(a: Conclusion, b: Conclusion): boolean {
  if (a.verdict !== b.verdict) return strength[a.verdict] > strength[b.verdict];
  const [one, other] = [a.statement, b.statement];
  if (one.feed !== other.feed) return one.feed < other.feed;
  if (one.advisory !== other.advisory) return one.advisory < other.advisory;
  return restOf(a) < restOf(b);
}

const restOf = ({ statement, fix, range }: Conclusion) => JSON.stringify([statement.affected.key, fix, range]);
