import { parseVersion } from './parse-version.ts';
import { isUnparsable, type Unparsable, type VersionScheme } from './scheme.ts';
import { type SchemeName, schemes } from './schemes.ts';

/**
 * Versions of one scheme in their order, each with a place: 1, 3, 5 and so on, equal ones with the same. Any other version
 * has a place among them, an even one where it lies between two. Places compare as their versions do, so that a version is
 * compared with some of the bounds and every range is then a matter of two numbers.
 */
export interface BoundOrder {
  scheme: SchemeName;
  placeIn(version: string): number | Unparsable;
}

/** The order, and the place of each of the bounds; null for what is no version of the scheme. */
export function orderBounds(scheme: SchemeName, bounds: ReadonlySet<string>) {
  const { parse, compare } = schemes[scheme] as VersionScheme;
  const places = new Map<string, number | null>();
  const parsed: { text: string; version: unknown }[] = [];
  for (const text of bounds) {
    const version = parse(text);
    if (isUnparsable(version)) places.set(text, null);
    else parsed.push({ text, version });
  }
  if (parsed.length > 1) parsed.sort((a, b) => compare(a.version, b.version));
  const sorted: unknown[] = [];
  for (const { text, version } of parsed) {
    if (sorted.length === 0 || compare(sorted.at(-1), version) !== 0) sorted.push(version);
    places.set(text, 2 * sorted.length - 1);
  }
  return { places, order: toOrder(scheme, sorted) };
}

function toOrder(scheme: SchemeName, sorted: readonly unknown[]): BoundOrder {
  const { compare } = schemes[scheme] as VersionScheme;
  let last: { version: string; place: number | Unparsable } | null = null;
  return {
    scheme,
    placeIn: (version) => {
      if (last?.version !== version) last = { version, place: search(version) };
      return last.place;
    },
  };

  function search(text: string): number | Unparsable {
    const version = parseVersion(scheme, text);
    if (isUnparsable(version)) return version;
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const order = compare(version, sorted[middle]);
      if (order === 0) return 2 * middle + 1;
      if (order < 0) to = middle;
      else from = middle + 1;
    }
    return 2 * from;
  }
}
