import { randomFrom, zipf } from './random.ts';
import { versionAt, type World } from './world.ts';

/** Files of a mirror of vulnerability feeds, by the paths the feeds look for. */
export type Mirror = Record<string, string>;

const VULNERABILITIES = 4000;
/** Levels at which a fix came; hosts begin at most at 3, so the last ones are fixed nowhere yet. */
const FIX_LEVELS = 5;
const UNFIXED_SHARE = 0.1;
const EXPLOITED_SHARE = 0.01;

/** One release of one product, in the form of endoflife.date. */
const lifecycles = {
  schema_version: '1.2.1',
  generated_at: '2026-01-01T00:00:00+00:00',
  total: 1,
  result: [
    {
      name: 'debian',
      label: 'Debian',
      category: 'os',
      identifiers: [{ type: 'cpe', id: 'cpe:/o:debian:debian_linux' }],
      releases: [
        {
          ...{ name: '12', codename: 'Bookworm', label: '12 (Bookworm)', releaseDate: '2023-06-10', isLts: false },
          ...{ ltsFrom: null, isEol: false, eolFrom: '2099-06-10', isMaintained: true },
          latest: { name: '12.9', date: '2026-01-01', link: null },
        },
      ],
    },
  ],
};

/**
 * What a security team and a list of attacks would say about the packages of the simulated Debian: popular sources have the
 * most vulnerabilities. The ids are of 2099, so that none is real.
 */
export function createMirror(world: World, seed: string): Mirror {
  const random = randomFrom(`${seed} advisories`);
  const debian = world.distributions.find((each) => each.os.codename === 'bookworm');
  const bySource = new Map((debian?.archive.packages ?? []).map((each) => [each.source, each]));
  const sources = [...bySource.values()];
  const pick = zipf(sources.length, { exponent: 1, offset: 10 });
  const tracker: Record<string, Record<string, object>> = {};
  const exploited: object[] = [];
  for (let number = 0; number < VULNERABILITIES; number += 1) {
    const id = `CVE-2099-${10_000 + number}`;
    const source = sources[pick(random)];
    if (!source) continue;
    const entry = random.chance(UNFIXED_SHARE)
      ? { status: 'open' }
      : { status: 'resolved', fixed_version: versionAt(source, 1 + random.integer(FIX_LEVELS), debian?.suffix ?? '') };
    tracker[source.source] ??= {};
    Object.assign(tracker[source.source] ?? {}, {
      [id]: { scope: 'remote', releases: { bookworm: { ...entry, repositories: {}, urgency: 'not yet assigned' } } },
    });
    if (random.chance(EXPLOITED_SHARE)) {
      exploited.push({
        cveID: id,
        dateAdded: '2026-01-01',
        dueDate: '2026-01-22',
        knownRansomwareCampaignUse: 'Unknown',
      });
    }
  }
  return {
    'endoflife/products-full.json': JSON.stringify(lifecycles),
    'debian/tracker.json': JSON.stringify(tracker),
    'kev/known_exploited_vulnerabilities.json': JSON.stringify({
      dateReleased: '2026-01-01T00:00:00Z',
      count: exploited.length,
      vulnerabilities: exploited,
    }),
  };
}

/** Sources of the mirror with a vulnerability that no version fixes. */
export function unfixedSources(mirror: Mirror): Set<string> {
  const tracker = JSON.parse(mirror['debian/tracker.json'] ?? '{}') as Record<
    string,
    Record<string, { releases: { bookworm: { status: string } } }>
  >;
  return new Set(
    Object.entries(tracker)
      .filter(([, entries]) => Object.values(entries).some((entry) => entry.releases.bookworm.status === 'open'))
      .map(([source]) => source),
  );
}
