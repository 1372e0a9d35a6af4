import { isUnparsable, type Order, type VersionScheme } from './scheme.ts';
import { type SchemeName, schemes } from './schemes.ts';

/** Which of two versions could not be read, and why. */
export interface Incomparable {
  side: 'a' | 'b';
  problem: string;
}

/** Orders two version texts; a text that is no version of the scheme is answered with what is wrong with it. */
export function compareVersions(schemeName: SchemeName, a: string, b: string): Order | Incomparable {
  const scheme: VersionScheme = schemes[schemeName];
  const first = scheme.parse(a);
  if (isUnparsable(first)) return { side: 'a', problem: first.problem };
  const second = scheme.parse(b);
  if (isUnparsable(second)) return { side: 'b', problem: second.problem };
  return scheme.compare(first, second);
}
