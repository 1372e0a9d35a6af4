import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestUpdate, type OpenFinding } from './best-update.ts';

const finding = (vulnerability: string, fix: string | null, risk = 1): OpenFinding => ({ vulnerability, fix, risk });
const nothing = () => new Set<string>();

test('the newest fix clears all that older versions fixed', () => {
  const findings = [finding('A', '120.0.1'), finding('B', '125.0.6'), finding('C', null)];
  const best = bestUpdate({ scheme: 'generic', findings, stillIn: nothing });
  expect(best?.version).toBe('125.0.6');
  expect(findings.map((one) => best?.clears(one))).toEqual([true, true, false]);
});

test('of several lines the one that takes most risk away is chosen, of equals the smallest step', () => {
  const old = [finding('A', '14.8', 5), finding('B', '14.7', 1)];
  expect(bestUpdate({ scheme: 'apple', findings: [...old, finding('A', '26.1', 0)], stillIn: nothing })?.version).toBe(
    '14.8',
  );
  expect(bestUpdate({ scheme: 'apple', findings: [...old, finding('A', '26.1', 9)], stillIn: nothing })?.version).toBe(
    '26.1',
  );
});

test('a version that has a vulnerability itself does not clear it', () => {
  const findings = [finding('A', '1.5', 5), finding('B', '2.0', 1)];
  const stillIn = (version: string) => new Set(version === '2.0' ? ['A'] : []);
  const best = bestUpdate({ scheme: 'generic', findings, stillIn });
  expect(best?.version).toBe('1.5');
  expect(bestUpdate({ scheme: 'generic', findings: [finding('A', '2.0')], stillIn })).toBeNull();
});

test('without a fix, or with none that can be compared, there is no update', () => {
  expect(bestUpdate({ scheme: 'dpkg', findings: [finding('A', null)], stillIn: nothing })).toBeNull();
  expect(bestUpdate({ scheme: 'semver', findings: [finding('A', 'soon')], stillIn: nothing })).toBeNull();
});

test('the order of findings does not matter, and no fix in its line is newer than what is chosen', () => {
  const version = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 9 }));
  const drafts = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), version, fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(drafts, (all) => {
      const findings = all.map(([name, parts, risk]) => finding(name, parts.join('.'), risk));
      const ask = (of: OpenFinding[]) => bestUpdate({ scheme: 'generic', findings: of, stillIn: nothing })?.version;
      const chosen = ask(findings)?.split('.').map(Number);
      expect(ask(findings.toReversed())).toBe(chosen?.join('.'));
      for (const [, [major, minor]] of all) if (major === chosen?.[0]) expect(chosen[1]).toBeGreaterThanOrEqual(minor);
    }),
  );
});
