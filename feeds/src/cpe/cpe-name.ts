import type { CpeVariant } from '@flotilla/engine/advisories/advisory';

/** A CPE 2.3 name: what its attributes say, unescaped and in lower case; `*` for any, `-` for none. */
export interface CpeName {
  part: string;
  vendor: string;
  product: string;
  version: string;
  /** What follows the version; null where all of it is `*`. */
  variant: CpeVariant | null;
}

/**
 * Reads the formatted string of a CPE 2.3 name (NIST IR 7695, 6.2).
 * @returns what is wrong with it where it is none, or where its version is a pattern
 */
export function parseCpeName(text: string): CpeName | string {
  const attributes = text.includes('\\') ? splitEscaped(text) : text.toLowerCase().split(':');
  if (attributes.length !== 13 || attributes[0] !== 'cpe' || attributes[1] !== '2.3') return `${text}: no CPE 2.3 name`;
  const [, , part = '', vendor = '', product = '', version = '', ...rest] = attributes;
  if (!/^[aoh]$/.test(part) || isOpen(vendor) || isOpen(product)) return `${text}: names no product`;
  if (version.length > 1 && /(?<!\\)[*?]/.test(version)) return `${text}: its version is a pattern`;
  return {
    part,
    vendor: unescaped(vendor),
    product: unescaped(product),
    version: unescaped(version),
    variant: toVariant(rest),
  };
}

/** `cpe:a:google:chrome`. A colon of a name is written as in an address, for colons part the pieces of a key. */
export const keyOf = ({ part, vendor, product }: CpeName): string =>
  `cpe:${part}:${vendor.replaceAll(':', '%3a')}:${product.replaceAll(':', '%3a')}`;

const isOpen = (attribute: string) => attribute === '' || attribute === '*' || attribute === '-';

const unescaped = (attribute: string) => (attribute.includes('\\') ? attribute.replace(/\\(.)/g, '$1') : attribute);

/** A colon after a backslash is part of an attribute. */
const splitEscaped = (text: string) => text.toLowerCase().split(/(?<!(?<!\\)(?:\\\\)*\\):/);

const names = [
  'update',
  'edition',
  'language',
  'softwareEdition',
  'targetSoftware',
  'targetHardware',
  'other',
] as const;

function toVariant(attributes: string[]): CpeVariant | null {
  let variant: CpeVariant | null = null;
  for (const [place, attribute] of attributes.entries()) {
    const name = names[place];
    if (attribute === '*' || attribute === '' || name === undefined) continue;
    variant ??= {};
    variant[name] = unescaped(attribute);
  }
  return variant;
}
