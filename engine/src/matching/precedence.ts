import type { Verdict } from './verdict.ts';

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

/** The verdicts that count, of all that feeds give about one software. */
export function withoutPreceded(verdicts: readonly Verdict[]): readonly Verdict[] {
  const feed = verdicts[0]?.evidence.feed;
  if (verdicts.every(({ evidence }) => evidence.feed === feed)) return verdicts;
  if (!verdicts.some(({ evidence }) => Object.hasOwn(waitsFor, evidence.feed))) return verdicts;
  const said = new Set(verdicts.map(({ vulnerability, evidence }) => `${evidence.feed} ${vulnerability}`));
  return verdicts.filter(
    ({ vulnerability, evidence }) => !waitsFor[evidence.feed]?.some((feed) => said.has(`${feed} ${vulnerability}`)),
  );
}
