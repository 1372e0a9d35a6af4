import type { Advisory } from '@flotilla/engine/advisories/advisory';
import type { RecordProblem } from '../feed.ts';
import { instantOf } from '../instant-of.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';
import { type MicrosoftProduct, productOf } from '../microsoft/product-of.ts';
import { addReplaced, createUpdates, cureIn, patchOf, type Updates } from '../microsoft/updates.ts';
import { toFacts } from './to-facts.ts';

/** What the documents read so far say. */
export interface Collection {
  updates: Updates;
  /** By CVE; what a later document says counts. */
  facts: Map<string, Advisory>;
  /** When the newest was last changed; ISO 8601, empty before the first. */
  changed: string;
}

export const createCollection = (): Collection => ({ updates: createUpdates(), facts: new Map(), changed: '' });

type Products = ReadonlyMap<string, MicrosoftProduct>;

/**
 * Adds a month's document. Its product tree stands before the vulnerabilities that name products by number.
 * @throws when it is damaged
 */
export async function* collect(
  collection: Collection,
  bytes: AsyncIterable<Uint8Array>,
  largestPiece: number,
): AsyncGenerator<RecordProblem> {
  let products: Products = new Map();
  for await (const { path, value } of splitJson(bytes, { depth: 2, largestPiece })) {
    const [member, part] = path;
    if (member === 'DocumentTracking' && part === 'CurrentReleaseDate') addChanged(collection, value);
    if (member === 'ProductTree' && part === 'FullProductName') products = toProducts(value);
    if (member === 'Vulnerability' && part !== undefined) yield* addVulnerability(collection, products, value);
  }
}

function addChanged(collection: Collection, value: unknown): void {
  const time = instantOf(value);
  if (time && time > collection.changed) collection.changed = time;
}

function toProducts(names: unknown): Products {
  const products = new Map<string, MicrosoftProduct>();
  for (const { ProductID: id, Value: name } of recordsIn(names)) {
    const product = typeof name === 'string' ? productOf(name) : null;
    if (product && typeof id === 'string') products.set(id, product);
  }
  return products;
}

function* addVulnerability(collection: Collection, products: Products, value: unknown): Generator<RecordProblem> {
  const id = isRecord(value) ? value.CVE : null;
  if (!isRecord(value) || typeof id !== 'string' || !/^(?:CVE-\d{4}-\d{4,}|ADV\d{6})$/.test(id)) {
    return yield { record: String(id), problem: 'no id of a vulnerability' };
  }
  const fixes = recordsIn(value.Remediations).filter(({ Type }) => Type === VENDOR_FIX);
  const affected = recordsIn(value.ProductStatuses).filter(({ Type }) => Type === KNOWN_AFFECTED);
  const concerned = new Set([...affected, ...fixes].flatMap(idsOf));
  for (const product of concerned) {
    const known = products.get(product);
    if (known) cureIn(collection.updates, known, id);
  }
  if (![...concerned].some((product) => products.has(product))) return;
  collection.facts.set(id, toFacts(id, value));
  for (const remediation of fixes) {
    for (const product of idsOf(remediation)) {
      const problem = addFix(collection.updates, { id, product: products.get(product), remediation });
      if (problem) yield { record: `${id} ${product}`, problem };
    }
  }
}

/** Numbers of CVRF's lists of types, in the order of their names (ICASI CVRF 1.1, Remediation and Product Status types). */
const VENDOR_FIX = 2;
const KNOWN_AFFECTED = 3;

interface Fix {
  id: string;
  product: MicrosoftProduct | undefined;
  remediation: Record<string, unknown>;
}

function addFix(updates: Updates, { id, product, remediation }: Fix): string | null {
  if (!product) return null;
  const { Description: description, FixedBuild: build, Supercedence: replaced, SubType: kind } = remediation;
  const number = isRecord(description) ? description.Value : null;
  const patch = typeof number === 'string' && /^\d{6,8}$/.test(number) ? patchOf(number) : null;
  const cure = cureIn(updates, product, id);
  if (patch) cure.patches.add(patch);
  if (patch && typeof replaced === 'string') addReplaced(updates, patch, replaced);
  // A patch without a restart leads to a build that others pass without having it: only the patch itself tells.
  if (/hotpatch/i.test(String(kind))) return null;
  if (typeof build !== 'string' || build.trim() === '') return null;
  const fixed = product.fixedBuild(build);
  if (fixed) cure.builds.add(fixed);
  return fixed ? null : `${build} is no build of this product`;
}

const idsOf = ({ ProductID: ids }: Record<string, unknown>): string[] =>
  Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
