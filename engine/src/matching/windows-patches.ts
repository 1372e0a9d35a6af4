import type { Affected } from '../advisories/advisory.ts';

/** The patches that any statement names: only these can change a verdict, so only these tell hosts apart. */
export function patchesNamedIn(statements: Iterable<Affected>): Set<string> {
  const patches = new Set<string>();
  for (const { endedBy = [] } of statements) for (const patch of endedBy) patches.add(patch);
  return patches;
}
