import type { Affected } from '@flotilla/engine/advisories/advisory';
import type { OsvAffected, OsvRecord } from './osv-record.ts';

/** What one source of records adds to the common form. */
export interface PackageRules {
  scheme: Affected['scheme'];
  /**
   * The lists of a record that name its vulnerabilities, the first one with CVE ids counts. Records about a vulnerability
   * name it as an alias; those about an update of a distribution, which are none, name it elsewhere.
   */
  namedIn: readonly ('aliases' | 'upstream' | 'related')[];
  /** The keys that a package is looked up by; none for packages of other places. */
  keysOf(affected: OsvAffected): readonly string[];
  /** Records that are not read: they are no security matter, or repeat others. */
  isLeftOut?(record: OsvRecord, cves: readonly string[]): boolean;
  /** What is to be added to what it says about a package; several where each may hold. */
  refine?(statement: Affected, from: { record: OsvRecord; affected: OsvAffected }): readonly Affected[];
  /** What of all that a record says about packages is kept, where several statements are about one. */
  settle?(statements: readonly Affected[]): readonly Affected[];
  /** Whether the record tells of one vulnerability and not of an update. */
  tellsFacts: boolean;
}
