import type { Unparsable, VersionScheme } from './scheme.ts';
import { type SchemeName, schemes } from './schemes.ts';

let last: { name: SchemeName; text: string; parsed: unknown } | null = null;

/** As the scheme's own `parse`. The version of a software is asked for once for each name it is looked up by. */
export function parseVersion(name: SchemeName, text: string): unknown | Unparsable {
  if (last?.text !== text || last.name !== name) {
    last = { name, text, parsed: (schemes[name] as VersionScheme).parse(text) };
  }
  return last.parsed;
}
