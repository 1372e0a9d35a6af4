import type { Justification } from '@flotilla/contract/exceptions';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';

/** A VEX document, whichever its form. */
export interface VexDocument {
  id: string;
  edition: Edition;
  statements: VexStatement[];
}

/** Which of the documents with one id it is. */
export interface Edition {
  /** A number, or numbers with dots; empty: it does not say. */
  version: string;
  /** When it was changed last, by itself; null: it does not say. */
  at: Date | null;
}

/** By its version, and among equal ones by its time; what does not say is not older. */
export function isOlder(one: Edition, than: Edition): boolean {
  const order = one.version && than.version ? compareVersions('generic', one.version, than.version) : 0;
  if (order === 0) return one.at !== null && than.at !== null && one.at < than.at;
  return order === -1;
}

export const moment = (value: unknown): Date | null => {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? null : at;
};

export interface VexStatement {
  id: string;
  /** The vulnerability by its names, the usual one first. */
  names: string[];
  status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation';
  justification: Justification | null;
  note: string;
  /** Package URLs, CPE names, or names. */
  products: string[];
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
export const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(record) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
export const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text).filter(Boolean) : []);
