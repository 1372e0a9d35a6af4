import type { Advisory } from '../advisories/advisory.ts';
import { type AdvisoryIndex, type Candidate, scopeOf } from './advisory-index.ts';

/** An index over advisories added one by one. */
export interface MemoryIndex extends AdvisoryIndex {
  add(advisory: Advisory): void;
  keys(): Iterable<string>;
}

export function createMemoryIndex(): MemoryIndex {
  const byKey = new Map<string, Candidate[]>();
  const scopes = new Set<string>();
  return {
    add({ feed, id, vulnerabilities, isDerived, affected }) {
      for (const each of affected) {
        const candidate = { feed, advisory: id, vulnerabilities, isDerived, affected: each };
        const known = byKey.get(each.key);
        if (known) known.push(candidate);
        else byKey.set(each.key, [candidate]);
        scopes.add(scopeOf(each.key));
      }
    },
    keys: () => byKey.keys(),
    candidates: (key) => byKey.get(key) ?? [],
    covers: (scope) => scopes.has(scope),
  };
}
