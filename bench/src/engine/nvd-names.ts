import type { CpeVariant } from '@flotilla/engine/advisories/advisory';
import { decideSoftware } from '@flotilla/engine/matching/judge-software';
import type { MemoryIndex } from '@flotilla/engine/matching/memory-index';
import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';
import type { Random } from '../simulator/random.ts';

/** Of a name with nothing but part, vendor, product and version, all else may be anything. */
const anything: CpeVariant = Object.fromEntries(
  ['update', 'edition', 'language', 'softwareEdition', 'targetSoftware', 'targetHardware', 'other'].map((attribute) => [
    attribute,
    '*',
  ]),
);

/**
 * CPE names with versions that NVD itself names, each distinct one as likely as any other. Those that would raise the mean
 * number of vulnerabilities of a name above `mean` are drawn again.
 */
export function nvdNames(index: MemoryIndex, random: Random, { count, mean }: { count: number; mean: number }) {
  const all = [...new Set(allNames(index))];
  const software: SoftwareIdentity[] = [];
  let affected = 0;
  while (software.length < count) {
    const [key = '', version = ''] = random.pick(all).split(' ');
    const drawn = toSoftware(key, version);
    const own = decideSoftware(drawn, index).decided.filter(
      ({ conclusion }) => conclusion.verdict === 'affected',
    ).length;
    if (own > mean && affected + own > mean * (software.length + 1)) continue;
    software.push(drawn);
    affected += own;
  }
  return { software, meanAffected: affected / count };
}

function* allNames(index: MemoryIndex): Generator<string> {
  for (const key of index.keys()) {
    if (!key.startsWith('cpe:')) continue;
    for (const { feed, affected } of index.candidates(key)) {
      if (feed !== 'nvd') continue;
      for (const { introduced, fixed, lastAffected } of affected.ranges) {
        const version = lastAffected ?? introduced ?? fixed;
        if (version && version !== '-') yield `${key} ${version}`;
      }
    }
  }
}

function toSoftware(key: string, version: string): SoftwareIdentity {
  const [, part = 'a', vendor = '', product = ''] = key.split(':');
  const known = { part: part as 'a', vendor, product, version, isRewritten: false } as const;
  const cpe = { ...known, variant: anything, stated: [], confidence: 'high', rule: null } as const;
  return softwareIdentity({ source: 'cpe', name: product, version, vendor, cpes: [cpe] });
}
