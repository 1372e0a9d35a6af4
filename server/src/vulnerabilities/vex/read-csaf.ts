import { type Justification, justifications } from '@flotilla/contract/exceptions';
import { list, moment, record, text, texts, type VexDocument, type VexStatement } from './document.ts';

/** CSAF 2.0 of the profile VEX: products are named once and statements go by their ids. @returns null for what is none */
export function readCsaf(document: Record<string, unknown>): VexDocument | null {
  const about = record(document.document);
  const { version, current_release_date, ...tracking } = record(about.tracking);
  const id = text(tracking.id);
  if (text(about.csaf_version) !== '2.0' || id === '') return null;
  const tree = record(document.product_tree);
  const named = new Map<string, string>();
  for (const product of list(tree.full_product_names)) addProduct(named, product);
  for (const branch of list(tree.branches)) walk(named, branch);
  // A product as part of another: what is affected, or not, is the part.
  for (const relation of list(tree.relationships)) {
    const whole = text(record(relation.full_product_name).product_id);
    named.set(whole, named.get(text(relation.product_reference)) ?? text(relation.product_reference));
  }
  const edition = { version: text(version), at: moment(current_release_date) };
  return { id, edition, statements: list(document.vulnerabilities).flatMap((one) => toStatements(one, named)) };
}

function walk(named: Map<string, string>, branch: Record<string, unknown>): void {
  addProduct(named, record(branch.product));
  for (const one of list(branch.branches)) walk(named, one);
}

function addProduct(named: Map<string, string>, product: Record<string, unknown>): void {
  const id = text(product.product_id);
  const { purl, cpe } = record(product.product_identification_helper);
  if (id !== '') named.set(id, text(purl) || text(cpe) || text(product.name));
}

const statuses = {
  known_not_affected: 'not_affected',
  known_affected: 'affected',
  fixed: 'fixed',
  under_investigation: 'under_investigation',
} as const;

/** One statement for each product, as each has a justification of its own. */
function toStatements(one: Record<string, unknown>, named: Map<string, string>): VexStatement[] {
  const names = [text(one.cve), ...list(one.ids).map((id) => text(id.text))].filter(Boolean);
  if (names.length === 0) return [];
  const flags = list(one.flags);
  const threats = list(one.threats).filter((threat) => threat.category === 'impact');
  const isFor = (product: string) => (each: Record<string, unknown>) => texts(each.product_ids).includes(product);
  return Object.entries(statuses).flatMap(([key, status]) =>
    texts(record(one.product_status)[key]).map((product): VexStatement => {
      const label = flags.find(isFor(product))?.label;
      return {
        id: `${names[0]} ${product}`,
        names,
        status,
        justification: justifications.find((each): each is Justification => each === label) ?? null,
        note: text(threats.find(isFor(product))?.details),
        products: [named.get(product) ?? product],
      };
    }),
  );
}
