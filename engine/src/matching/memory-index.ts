import type { Advisory } from '../advisories/advisory.ts';
import { type AdvisoryIndex, type Candidate, scopeOf } from './advisory-index.ts';
import { gather, type Statements } from './statements.ts';

/** An index over advisories added one by one. */
export interface MemoryIndex extends AdvisoryIndex {
  add(advisory: Advisory): void;
  keys(): Iterable<string>;
  /** What was added about a key, in the order in which it came. */
  candidates(key: string): readonly Candidate[];
}

export function createMemoryIndex(): MemoryIndex {
  const byKey = new Map<string, Candidate[]>();
  const scopes = new Set<string>();
  const gathered = new Map<string, Statements>();
  return {
    add({ feed, id, vulnerabilities, isDerived, affected }) {
      for (const each of affected) {
        const candidate = { feed, advisory: id, vulnerabilities, isDerived, affected: each };
        const known = byKey.get(each.key);
        if (known) known.push(candidate);
        else byKey.set(each.key, [candidate]);
        scopes.add(scopeOf(each.key));
        gathered.delete(each.key);
      }
    },
    keys: () => byKey.keys(),
    candidates: (key) => byKey.get(key) ?? [],
    statements: (key) => {
      const candidates = byKey.get(key);
      if (candidates === undefined) return null;
      const known = gathered.get(key) ?? gather(candidates);
      gathered.set(key, known);
      return known;
    },
    covers: (scope) => scopes.has(scope),
  };
}
