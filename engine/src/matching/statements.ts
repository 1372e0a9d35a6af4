import type { Affected, VersionRange } from '../advisories/advisory.ts';
import { type BoundOrder, orderBounds } from '../versions/bound-order.ts';
import type { SchemeName } from '../versions/schemes.ts';
import type { Candidate } from './advisory-index.ts';
import type { RangeTraits } from './telling-ranges.ts';

/** Statements under one key, ready to be compared with many versions. */
export interface Statements {
  all: readonly Statement[];
  /** Each vulnerability with the place in `all` of a statement about it, in the order of their names. */
  vulnerabilities: readonly { name: string; at: number }[];
}

export interface Statement extends Candidate {
  /** Of each range the first place in it and the first behind it, one after the other. */
  places: readonly number[];
  /** Ranges with a bound that is no version of the scheme, and so excludes nothing; null where all can be read. */
  unreadable: ReadonlySet<number> | null;
  /** The first range that has all versions in it; null where none has. */
  whole: VersionRange | null;
  order: BoundOrder;
  /** What tells odd ranges from others, once somebody asked; null where none is odd. */
  traits: readonly RangeTraits[] | null | undefined;
}

type Placed = ReturnType<typeof orderBounds>;

/** Parses and orders what candidates say about a key. */
export function gather(candidates: readonly Candidate[]): Statements {
  const orders = ordersOf(candidates);
  const all: Statement[] = [];
  const vulnerabilities: { name: string; at: number }[] = [];
  for (const candidate of candidates) {
    for (const name of candidate.vulnerabilities) vulnerabilities.push({ name, at: all.length });
    all.push(toStatement(candidate, orders.get(candidate.affected.scheme) as Placed));
  }
  if (vulnerabilities.length > 1) vulnerabilities.sort(byName);
  return { all, vulnerabilities };
}

function byName(a: { name: string; at: number }, b: { name: string; at: number }): number {
  if (a.name === b.name) return a.at - b.at;
  return a.name < b.name ? -1 : 1;
}

function ordersOf(candidates: readonly Candidate[]): Map<SchemeName, Placed> {
  const bounds = new Map<SchemeName, Set<string>>();
  for (const { affected } of candidates) {
    const own = bounds.get(affected.scheme) ?? new Set();
    bounds.set(affected.scheme, own);
    for (const { introduced, after, fixed, lastAffected } of affected.ranges) {
      if (introduced) own.add(introduced);
      if (after) own.add(after);
      if (fixed) own.add(fixed);
      if (lastAffected) own.add(lastAffected);
    }
  }
  return new Map(Array.from(bounds, ([scheme, texts]) => [scheme, orderBounds(scheme, texts)]));
}

/** One statement by itself. */
export function toSingle(affected: Affected): Statement {
  const [statement] = gather([{ feed: '', advisory: '', vulnerabilities: [], affected }]).all;
  return statement as Statement;
}

function toStatement({ feed, advisory, vulnerabilities, isDerived, affected }: Candidate, placed: Placed): Statement {
  const places: number[] = [];
  let unreadable: Set<number> | null = null;
  let whole: VersionRange | null = null;
  for (const range of affected.ranges) {
    if (hasNoBounds(range)) whole ??= range;
    if (addPlaces(places, range, placed)) continue;
    unreadable ??= new Set();
    unreadable.add(places.length / 2 - 1);
  }
  return {
    feed,
    advisory,
    vulnerabilities,
    isDerived,
    affected,
    places,
    unreadable,
    whole,
    order: placed.order,
    traits: undefined,
  };
}

export const hasNoBounds = ({ introduced, after, fixed, lastAffected }: VersionRange): boolean =>
  !introduced && !after && !fixed && !lastAffected;

/** Behind all versions. */
const END = 2 ** 30;

/** @returns whether all bounds of the range can be read */
function addPlaces(
  to: number[],
  { introduced, after, fixed, lastAffected }: VersionRange,
  { places }: Placed,
): boolean {
  const first = introduced ? places.get(introduced) : 0;
  const before = after ? places.get(after) : -1;
  const end = fixed ? places.get(fixed) : END;
  const last = lastAffected ? places.get(lastAffected) : END;
  to.push(Math.max(first ?? 0, (before ?? -1) + 1), Math.min(end ?? END, (last ?? END) + 1));
  return first !== null && before !== null && end !== null && last !== null;
}
