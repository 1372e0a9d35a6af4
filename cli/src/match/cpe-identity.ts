import type { CpeCandidate } from '@flotilla/engine/identity/cpe-candidate';
import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';
import { parseCpeName } from '@flotilla/feeds/cpe/cpe-name';

/** A software that is given by its CPE 2.3 name, or what is wrong with that. What the name leaves open is not known of it. */
export function softwareOfCpe(text: string, givenVersion = ''): SoftwareIdentity | { error: string } {
  const name = parseCpeName(text);
  if (typeof name === 'string') return { error: name };
  const version = name.version === '*' || name.version === '-' ? givenVersion : name.version;
  if (version === '') return { error: 'version is missing' };
  // A colon of a name is written as in an address, for colons part the pieces of a key.
  const [vendor, product] = [name.vendor, name.product].map((each) => each.replaceAll(':', '%3a')) as [string, string];
  const cpe: CpeCandidate = {
    ...{ part: name.part as CpeCandidate['part'], vendor, product, version, variant: name.variant ?? {} },
    ...{ isRewritten: false, stated: [], confidence: 'high', rule: null },
  };
  return softwareIdentity({ source: 'cpe', name: product, version, cpes: [cpe] });
}
