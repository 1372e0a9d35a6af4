import type { Affected } from '@flotilla/engine/advisories/advisory';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';
import type { FeedItem } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';

export const FEED = 'alpine-secdb';

/** Where a package stands in the lists: `v3.11`, `v3.11/main`, and its place there. */
export interface Place {
  release: string;
  list: string;
  place: string;
}

const NEVER_AFFECTED = '0';

/** One advisory for each vulnerability of a package: the list has what was fixed in which version, and nothing else. */
export function* toItems(entry: unknown, { release, list, place }: Place): Generator<FeedItem> {
  const { name, secfixes } = isRecord(entry) && isRecord(entry.pkg) ? entry.pkg : {};
  if (typeof name !== 'string' || !/^[\w.+-]{1,200}$/.test(name)) {
    return yield { record: `${list} entry ${place}`, problem: 'no name of a package' };
  }
  // Packages without a fix have an empty list in some lists, and none in others.
  if (!isRecord(secfixes)) return;
  const fixes = new Map<string, string>();
  for (const [version, ids] of Object.entries(secfixes)) {
    for (const id of Array.isArray(ids) ? ids.flatMap(vulnerabilitiesIn) : []) {
      const known = fixes.get(id);
      if (known === undefined || isHigher(version, known)) fixes.set(id, version);
    }
  }
  const key = `apk:alpine-${release.slice(1)}:${name}`;
  for (const [id, version] of fixes) {
    const affected = [statementOf(key, version)];
    yield { advisory: { feed: FEED, id: `${list}/${name}/${id}`, vulnerabilities: [id], aliases: [], affected } };
  }
}

/** Remarks stand behind an id, several ids beside each other, and some are written with a wrong sign. */
function vulnerabilitiesIn(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  const cves = text.match(/CVE[-_]\d{4}-\d{4,}/g)?.map((id) => id.replace('_', '-'));
  return cves ?? text.match(/^[A-Z]{2,}-[\w-]{1,60}/) ?? [];
}

/** What was fixed twice was not fixed well the first time. */
const isHigher = (a: string, b: string) => b === NEVER_AFFECTED || compareVersions('apk', a, b) === 1;

const statementOf = (key: string, version: string): Affected =>
  version === NEVER_AFFECTED
    ? { key, scheme: 'apk', statement: 'not_affected', ranges: [] }
    : { key, scheme: 'apk', statement: 'ranges', ranges: [{ fixed: version }] };
