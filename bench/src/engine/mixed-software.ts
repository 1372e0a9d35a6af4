import type { Candidate } from '@flotilla/engine/matching/advisory-index';
import type { MemoryIndex } from '@flotilla/engine/matching/memory-index';
import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';
import type { Random } from '../simulator/random.ts';

type Of = { key: string; name: string; version: string; turn: number };

/** What software of a kind of key looks like; `share` of all are of it. */
const kinds: readonly { share: number; keys: RegExp; toSoftware: (of: Of) => SoftwareIdentity }[] = [
  {
    share: 0.5,
    keys: /^deb:(?:debian-1[12]|ubuntu-22\.04):(?!linux)/,
    toSoftware: ({ key, name, version, turn }) => {
      const context = key.split(':')[1] ?? '';
      const sourced = { sourcePackage: name, sourceVersion: version };
      return softwareIdentity({ source: 'deb_packages', name: `${name}-${turn}`, version, context, ...sourced });
    },
  },
  {
    share: 0.15,
    keys: /^rpm:[^:]+:(?!kernel)/,
    toSoftware: ({ key, name, version, turn }) => {
      const context = key.split(':')[1] ?? '';
      const [own = '', release = ''] = version.split('-');
      return softwareIdentity({ source: 'rpm_packages', name, version: own, release, context, arch: `x86_64-${turn}` });
    },
  },
  {
    share: 0.15,
    keys: /^(?:pypi|go):/,
    toSoftware: ({ key, name, version }) =>
      softwareIdentity({ source: key.startsWith('go:') ? 'go_binaries' : 'python_packages', name, version }),
  },
  {
    share: 0.2,
    keys: /^cpe:a:/,
    toSoftware: ({ key, name, version }) => {
      const vendor = key.split(':')[2] ?? '';
      const known = { part: 'a', vendor, product: name, version, isRewritten: false } as const;
      const cpe = {
        ...known,
        variant: { targetSoftware: 'windows' },
        stated: [],
        confidence: 'high',
        rule: null,
      } as const;
      return softwareIdentity({ source: 'programs', name, version, vendor, cpes: [cpe] });
    },
  },
];

/**
 * Different software as a fleet has it, of the keys and with the versions that the advisories themselves name, so that some
 * are affected and some are not. Products that are often spoken of are left out where more of them would raise the mean
 * number of statements about a software above `mean`.
 */
export function mixedSoftware(index: MemoryIndex, random: Random, { count, mean }: { count: number; mean: number }) {
  const all = [...index.keys()];
  const software: SoftwareIdentity[] = [];
  let statements = 0;
  for (const { share, keys, toSoftware } of kinds) {
    const own = all.filter((key) => keys.test(key));
    for (let left = own.length > 0 ? Math.round(count * share) : 0; left > 0; ) {
      const key = random.pick(own);
      const candidates = index.candidates(key);
      const ranges = rangesOf(candidates);
      if (ranges > mean && statements + ranges > mean * (software.length + 1)) continue;
      const name = key.slice(key.lastIndexOf(':') + 1);
      software.push(toSoftware({ key, name, version: versionNear(candidates, random), turn: left }));
      statements += ranges;
      left--;
    }
  }
  return { software, meanRanges: statements / software.length };
}

const rangesOf = (candidates: readonly Candidate[]) =>
  candidates.reduce((sum, { affected }) => sum + Math.max(1, affected.ranges.length), 0);

/** A version that a statement names, or the next one of its last number. */
function versionNear(candidates: readonly Candidate[], random: Random): string {
  const [range] = random.pick(candidates).affected.ranges;
  const bound = range?.fixed ?? range?.lastAffected ?? range?.introduced ?? '1.0';
  return bound.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + random.integer(1000)));
}
