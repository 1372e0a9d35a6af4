import { describe } from 'vitest';
import { findOsquery } from '../osquery/find.ts';

/** A `describe` for tests that need an osquery; without one they are skipped, and their title says why. */
export function describeWith(_needed: 'osquery', title: string, body: (program: string) => void): void {
  let program: string;
  try {
    program = findOsquery();
  } catch {
    describe.skip(`${title} [needs osquery: an installed osqueryd, or our npm package of it]`, () => body(''));
    return;
  }
  describe(title, { timeout: 60_000 }, () => body(program));
}
