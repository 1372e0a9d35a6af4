import type { Justification } from '@flotilla/contract/exceptions';

/** A VEX document, whichever its form. */
export interface VexDocument {
  id: string;
  statements: VexStatement[];
}

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
