import type { CpeCandidate } from './cpe-candidate.ts';

/** The formatted string of a CPE 2.3 name (NISTIR 7695, section 6.2); what is not known is `*`. */
export function cpeText({ part, vendor, product, version, variant }: CpeCandidate): string {
  const { update, edition, language, softwareEdition, targetSoftware, targetHardware, other } = variant;
  const attributes = [
    vendor,
    product,
    version,
    update,
    edition,
    language,
    softwareEdition,
    targetSoftware,
    targetHardware,
  ];
  return ['cpe:2.3', part, ...[...attributes, other].map(toComponent)].join(':');
}

const toComponent = (value = ''): string => {
  // A name holds printable ASCII only (section 5.3.2); blanks are written as underscores.
  const plain = value
    .toLowerCase()
    .replace(/\s+/g, '_')
    .replace(/[^!-~]/g, '');
  if (plain === '' || plain === '*') return '*';
  return plain === '-' ? '-' : plain.replace(/[^a-z0-9._-]/g, '\\$&');
};
