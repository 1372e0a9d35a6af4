import type { Conclusion } from './conclude.ts';

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
