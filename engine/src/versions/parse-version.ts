import type { Unparsable, VersionScheme } from './scheme.ts';
import { type SchemeName, schemeNames, schemes } from './schemes.ts';

/** Versions of a scheme that are kept parsed; above that all are forgotten. */
const MOST_KEPT = 50_000;

const kept = Object.fromEntries(schemeNames.map((name) => [name, new Map()])) as Record<
  SchemeName,
  Map<string, unknown>
>;

/**
 * What the scheme's own `parse` answers. The same bounds come again for every software of a name, and the same version for
 * every statement about it, so answers are kept: parsed versions are never changed.
 */
export function parseVersion(name: SchemeName, text: string): unknown | Unparsable {
  const known = kept[name];
  const found = known.get(text);
  if (found !== undefined) return found;
  const parsed = (schemes[name] as VersionScheme).parse(text);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(text, parsed);
  return parsed;
}
