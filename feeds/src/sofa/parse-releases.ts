import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { isUnparsable } from '@flotilla/engine/versions/scheme';
import { schemes } from '@flotilla/engine/versions/schemes';
import type { FeedItem, RecordProblem } from '../feed.ts';
import { instantOf } from '../instant-of.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';
import { type Release, rangesOf, type SupportPolicy } from './ranges-of.ts';
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
  const policy: SupportPolicy = { supportedMajors: system.supportedMajors, majors: new Map() };
  const fixed = new Map<string, Fixed>();
  for await (const { path, value } of splitJson(bytes, { depth: 2, largestPiece })) {
    if (path[0] !== 'OSVersions' || path[1] === undefined) continue;
    for (const entry of isRecord(value) ? recordsIn(value.SecurityReleases) : []) {
      const release = toRelease(entry);
      if ('problem' in release) yield release;
      else yield* addRelease({ policy, fixed }, release, entry.CVEs);
    }
  }
  for (const [id, { releases, isExploited }] of fixed) {
    const affected: Advisory['affected'] = [
      { key: system.key, scheme: 'apple', statement: 'ranges', ranges: rangesOf(releases, policy) },
    ];
    const advisory = { feed: system.feed, id, vulnerabilities: [id], aliases: [], affected };
    yield { advisory: isExploited ? { ...advisory, ssvc: { exploitation: 'active' } } : advisory };
  }
}

function toRelease({
  UpdateName: name,
  ProductVersion: version,
  ReleaseDate: date,
}: Record<string, unknown>): Release | RecordProblem {
  const record = String(name);
  const released = instantOf(date);
  if (typeof version !== 'string' || isUnparsable(schemes.apple.parse(version)))
    return { record, problem: 'no version' };
  if (!released) return { record, problem: 'no date' };
  return { version, major: Number.parseInt(version, 10), date: released };
}

interface Collected {
  policy: SupportPolicy;
  fixed: Map<string, Fixed>;
}

function* addRelease({ policy, fixed }: Collected, release: Release, cves: unknown): Generator<RecordProblem> {
  const first = policy.majors.get(release.major);
  if (first === undefined || release.date < first) policy.majors.set(release.major, release.date);
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
