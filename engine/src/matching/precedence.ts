import type { Conclusion } from './conclude.ts';

/**
 * Feeds that count only where others are silent about the same vulnerability in the same software: they speak in the same
 * names, of the same flaw, and know less. Corrections of NVD are made to be read instead of it; what is derived gives way to
 * what it stands in for.
 */
const waitsFor: Readonly<Record<string, readonly string[]>> = {
  nvd: ['nvd-overrides'],
  'vulncheck-nvd': ['nvd', 'nvd-overrides'],
  'nvd-gapfill': ['nvd', 'nvd-overrides', 'vulncheck-nvd'],
  wesng: ['msrc'],
};

/** The conclusions that count, of all that feeds give about one vulnerability in one software. */
export function withoutPreceded(conclusions: readonly Conclusion[]): readonly Conclusion[] {
  // What is computed from another upstream counts only where nothing else speaks.
  const own = conclusions.filter(({ statement }) => !statement.isDerived);
  const heard = own.length > 0 ? own : conclusions;
  const counts = ({ statement }: Conclusion) =>
    !heard.some((other) => waitsFor[statement.feed]?.includes(other.statement.feed));
  return heard.every(counts) ? heard : heard.filter(counts);
}
