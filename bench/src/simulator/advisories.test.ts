import { expect, it } from 'vitest';
import { createMirror, unfixedSources } from './advisories.ts';
import { createWorld } from './world.ts';

const world = createWorld('seed');
const mirror = createMirror(world, 'seed');
type Tracker = Record<string, Record<string, { releases: { bookworm: { status: string; fixed_version?: string } } }>>;
const tracker = JSON.parse(mirror['debian/tracker.json'] ?? '') as Tracker;

it('is the same for the same seed', () => {
  expect(createMirror(world, 'seed')).toEqual(mirror);
  expect(createMirror(world, 'other')).not.toEqual(mirror);
});

it('speaks of sources that hosts have, in versions that they may have', () => {
  const debian = world.distributions.find((each) => each.os.codename === 'bookworm');
  const sources = new Set(debian?.archive.packages.map((each) => each.source));
  expect(Object.keys(tracker).every((source) => sources.has(source))).toBe(true);
  const fixes = Object.values(tracker).flatMap((entries) =>
    Object.values(entries).map((entry) => entry.releases.bookworm),
  );
  expect(fixes.length).toBe(4000);
  for (const { status, fixed_version } of fixes) {
    if (status === 'resolved') expect(fixed_version).toMatch(/^\d+\.\d+\.\d+-\d+\+deb12u[1-5]$/);
    else expect(status).toBe('open');
  }
});

it('some sources have a vulnerability that nothing fixes, and some vulnerabilities are used in attacks', () => {
  expect(unfixedSources(mirror).size).toBeGreaterThan(50);
  const known = JSON.parse(mirror['kev/known_exploited_vulnerabilities.json'] ?? '') as { vulnerabilities: object[] };
  expect(known.vulnerabilities.length).toBeGreaterThan(10);
});
