import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { isUnparsable } from '@flotilla/engine/versions/scheme';
import { schemes } from '@flotilla/engine/versions/schemes';
import type { FeedItem, RecordProblem } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';
import { type Release, rangesOf } from './ranges-of.ts';
import type { AppleSystem } from './sofa.ts';

/** Which releases fix a vulnerability, and whether Apple knew of attacks. */
interface Fixed {
  releases: Release[];
  isExploited: boolean;
}

/**
 * Reads the releases of a system, `OSVersions[].SecurityReleases[]`, each with the CVEs it fixes, into an advisory a CVE.
 * @throws when the document is damaged
 */
export async function* parseReleases(
  system: AppleSystem,
  bytes: AsyncIterable<Uint8Array>,
  largestPiece: number,
): AsyncGenerator<FeedItem> {
  const majors = new Set<number>();
  const fixed = new Map<string, Fixed>();
  for await (const { path, value } of splitJson(bytes, { depth: 2, largestPiece })) {
    if (path[0] !== 'OSVersions' || path[1] === undefined) continue;
    for (const entry of isRecord(value) ? recordsIn(value.SecurityReleases) : []) {
      const release = toRelease(entry);
      if ('problem' in release) yield release;
      else yield* addRelease({ majors, fixed }, release, entry.CVEs);
    }
  }
  const ascending = [...majors].sort((a, b) => a - b);
  for (const [id, { releases, isExploited }] of fixed) {
    const affected: Advisory['affected'] = [
      { key: system.key, scheme: 'apple', statement: 'ranges', ranges: rangesOf(releases, ascending) },
    ];
    const advisory = { feed: system.feed, id, vulnerabilities: [id], aliases: [], affected };
    yield { advisory: isExploited ? { ...advisory, ssvc: { exploitation: 'active' } } : advisory };
  }
}

function toRelease({ UpdateName: name, ProductVersion: version }: Record<string, unknown>): Release | RecordProblem {
  if (typeof version !== 'string' || isUnparsable(schemes.apple.parse(version))) {
    return { record: String(name), problem: 'no version' };
  }
  return { version, major: Number.parseInt(version, 10) };
}

interface Collected {
  majors: Set<number>;
  fixed: Map<string, Fixed>;
}

function* addRelease({ majors, fixed }: Collected, release: Release, cves: unknown): Generator<RecordProblem> {
  majors.add(release.major);
  for (const [id, isExploited] of isRecord(cves) ? Object.entries(cves) : []) {
    if (!/^CVE-\d{4}-\d{4,}$/.test(id)) {
      yield { record: release.version, problem: `${id}: no CVE id` };
      continue;
    }
    const known = fixed.get(id) ?? { releases: [], isExploited: false };
    known.releases.push(release);
    known.isExploited ||= isExploited === true;
    fixed.set(id, known);
  }
}
