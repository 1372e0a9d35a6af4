import type { Advisory, Affected } from '@flotilla/engine/advisories/advisory';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';
import type { SchemeName } from '@flotilla/engine/versions/schemes';
import type { MicrosoftProduct } from './product-of.ts';

/** What Microsoft says about its products. */
export interface Updates {
  /** By key. */
  products: Map<string, ProductUpdates>;
  /**
   * By patch, those that replace it. A patch is the same package in every product it is for, and what is said of one product
   * often lacks a patch between two others, so this is gathered over all.
   */
  replacedBy: Map<string, Set<string>>;
}

/** What ends which vulnerability in one product. */
interface ProductUpdates {
  product: MicrosoftProduct;
  vulnerabilities: Map<string, Cure>;
}

/** How a vulnerability ends in a product: by any of the patches, and from the first of the builds on. Both empty: not yet. */
export interface Cure {
  patches: Set<string>;
  builds: Set<string>;
}

export const createUpdates = (): Updates => ({ products: new Map(), replacedBy: new Map() });

/** The cure of a vulnerability in a product, to be added to. */
export function cureIn(updates: Updates, product: MicrosoftProduct, vulnerability: string): Cure {
  const known = updates.products.get(product.key) ?? { product, vulnerabilities: new Map<string, Cure>() };
  updates.products.set(product.key, known);
  const { vulnerabilities } = known;
  let cure = vulnerabilities.get(vulnerability);
  if (!cure) {
    cure = { patches: new Set(), builds: new Set() };
    vulnerabilities.set(vulnerability, cure);
  }
  return cure;
}

/** Writes down that a patch replaces those with the numbers in a text. */
export function addReplaced({ replacedBy }: Updates, patch: string, numbers: string): void {
  for (const [number] of numbers.matchAll(/\b\d{6,8}\b/g)) {
    const replaced = patchOf(number);
    const known = replacedBy.get(replaced);
    if (known) known.add(patch);
    else replacedBy.set(replaced, new Set([patch]));
  }
}

export const patchOf = (number: string) => `KB${number}`;

/** Vulnerabilities that the same patches and builds end are one advisory of their product: a month's update ends hundreds. */
export function* toAdvisories(feed: string, updates: Updates, isDerived?: true): Generator<Advisory> {
  for (const [key, ofProduct] of updates.products) {
    for (const [id, { cure, vulnerabilities }] of groupByCure(ofProduct)) {
      const affected = [statementOf(ofProduct.product, cure, updates.replacedBy)];
      yield {
        ...{ feed, id: `${key} ${id}`, vulnerabilities, aliases: [], affected },
        ...(isDerived && { isDerived }),
      };
    }
  }
}

function groupByCure({ vulnerabilities }: ProductUpdates) {
  const groups = new Map<string, { cure: Cure; vulnerabilities: string[] }>();
  for (const [vulnerability, cure] of vulnerabilities) {
    const id = [...[...cure.patches].sort(), ...[...cure.builds].sort()].join('+') || 'without an update';
    const group = groups.get(id);
    if (group) group.vulnerabilities.push(vulnerability);
    else groups.set(id, { cure, vulnerabilities: [vulnerability] });
  }
  return groups;
}

function statementOf(
  { key, scheme }: MicrosoftProduct,
  { patches, builds }: Cure,
  replacedBy: Updates['replacedBy'],
): Affected {
  const [first] = [...builds].sort((a, b) => orderOf(scheme, a, b));
  const endedBy = [...closure(patches, replacedBy)].sort();
  return {
    ...{ key, scheme, statement: 'ranges', ranges: [first === undefined ? {} : { fixed: first }] },
    ...(endedBy.length > 0 && { endedBy }),
  };
}

function orderOf(scheme: SchemeName, a: string, b: string): number {
  const order = compareVersions(scheme, a, b);
  return typeof order === 'number' ? order : 0;
}

/** The patches, those that replace them, those that replace these, and so on. */
function closure(patches: ReadonlySet<string>, replacedBy: Updates['replacedBy']): Set<string> {
  const all = new Set(patches);
  // A set gives what is added to it while it is walked.
  for (const patch of all) for (const newer of replacedBy.get(patch) ?? []) all.add(newer);
  return all;
}
