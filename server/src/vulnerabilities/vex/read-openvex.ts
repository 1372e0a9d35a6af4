import { type Justification, justifications } from '@flotilla/contract/exceptions';
import { list, moment, record, text, texts, type VexDocument, type VexStatement } from './document.ts';

/** OpenVEX 0.2.0, and 0.0 where vulnerability and products are plain text. @returns null for what is none */
export function readOpenVex(document: Record<string, unknown>): VexDocument | null {
  const id = text(document['@id']);
  if (!text(document['@context']).startsWith('https://openvex.dev/ns') || id === '') return null;
  const { version, last_updated, timestamp } = document;
  const edition = {
    version: Number.isInteger(version) ? `${version}` : text(version),
    at: moment(last_updated ?? timestamp),
  };
  return { id, edition, statements: list(document.statements).flatMap((one, place) => toStatement(one, place) ?? []) };
}

const statuses = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;

function toStatement(one: Record<string, unknown>, place: number): VexStatement | null {
  const status = statuses.find((each) => each === one.status);
  const vulnerability = record(one.vulnerability);
  const names = [text(one.vulnerability), text(vulnerability.name), ...texts(vulnerability.aliases)].filter(Boolean);
  if (!status || names.length === 0) return null;
  const products = Array.isArray(one.products) ? one.products : [];
  return {
    id: text(one['@id']) || `statement ${place + 1}`,
    names,
    status,
    justification: justifications.find((each): each is Justification => each === one.justification) ?? null,
    note: text(one.impact_statement) || text(one.status_notes),
    products: products.flatMap(productsOf),
  };
}

/** A statement about subcomponents is about these, as parts of the product. */
function productsOf(product: unknown): string[] {
  const { '@id': id, identifiers, subcomponents } = record(product);
  const parts = list(subcomponents).flatMap(productsOf);
  if (parts.length > 0) return parts;
  const { purl, cpe23 } = record(identifiers);
  return [text(purl) || text(cpe23) || text(id) || text(product)].filter(Boolean);
}
