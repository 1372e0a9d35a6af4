import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import { lacksContext, toSoftware } from '../software-row.ts';
import { softwareOfCpe } from './cpe-identity.ts';
import { softwareOfPurl } from './purl-identity.ts';

/**
 * The software that fields describe, as an inventory does, or name by `purl` or `cpe`. A source, which only inventories
 * tell, comes first; then the package URL, unless it is of a kind that says nothing of where the package comes from.
 */
export function softwareOf(fields: Record<string, unknown>): SoftwareIdentity | { error: string } {
  const { source, purl, cpe, version } = fields;
  const odd = ['purl', 'cpe', 'version'].find((name) => !['string', 'undefined'].includes(typeof (fields[name] ?? '')));
  if (odd) return { error: `${odd} must be a text` };
  const given = typeof version === 'string' ? version : '';
  const isTelling = typeof purl === 'string' && !purl.startsWith('pkg:generic/');
  if (!source && isTelling) return withContext(softwareOfPurl(purl, given));
  if (!source && typeof cpe === 'string') return softwareOfCpe(cpe, given);
  if (!source && typeof purl === 'string') return softwareOfPurl(purl, given);
  return withContext(toSoftware(fields));
}

const withContext = (software: SoftwareIdentity | { error: string }): SoftwareIdentity | { error: string } =>
  !('error' in software) && lacksContext(software) ? { error: 'context is missing' } : software;
