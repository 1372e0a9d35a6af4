import type { Unparsable, VersionScheme } from './scheme.ts';
import { type SchemeName, schemeNames, schemes } from './schemes.ts';

/** Versions of a scheme that are kept parsed; above that all are forgotten. */
const MOST_KEPT = 50_000;

const kept = Object.fromEntries(schemeNames.map((name) => [name, new Map()])) as Record<
  SchemeName,
  Map<string, unknown>
>;

/**
 * A bound of a range, as the scheme's own `parse` reads it. The same bounds come again for every software of a name, so
 * answers are kept: parsed versions are never changed.
 */
export function parseBound(name: SchemeName, text: string): unknown | Unparsable {
  const known = kept[name];
  const found = known.get(text);
  if (found !== undefined) return found;
  const parsed = (schemes[name] as VersionScheme).parse(text);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(text, parsed);
  return parsed;
}

let last: { name: SchemeName; text: string; parsed: unknown } | null = null;

/** The version of a software, which is asked for with each statement about it and then hardly ever again. */
export function parseVersion(name: SchemeName, text: string): unknown | Unparsable {
  if (last?.text !== text || last.name !== name) {
    last = { name, text, parsed: (schemes[name] as VersionScheme).parse(text) };
  }
  return last.parsed;
}
