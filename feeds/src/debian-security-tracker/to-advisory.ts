import type { Advisory, SeverityInputs } from '@flotilla/engine/advisories/advisory';
import type { FeedItem, RecordProblem } from '../feed.ts';
import { isRecord } from '../json/is-record.ts';
import { contextOfRelease } from './releases.ts';
import { toAffected } from './to-affected.ts';

/** Colons part the pieces of a key; no source package has one. */
const sourcePackage = /^[a-z0-9][a-z0-9+.-]{0,199}$/i;
const vulnerabilityId = /^[A-Z]+-[0-9A-Z-]{1,60}$/i;

/** An entry in the tracker's form, one vulnerability in one source package. */
export interface Entry {
  /** Source package, vulnerability. */
  path: readonly string[];
  value: unknown;
}

/** An entry as an advisory of a feed, and what could not be understood of it. */
export function* toItems(feed: string, { path, value: entry }: Entry): Generator<FeedItem> {
  const [source = '', vulnerability = ''] = path;
  const record = `${source}/${vulnerability}`;
  if (!sourcePackage.test(source)) return yield { record, problem: 'no name of a source package' };
  if (!vulnerabilityId.test(vulnerability)) return yield { record, problem: 'no id of a vulnerability' };
  if (!isRecord(entry)) return yield { record, problem: 'no object' };
  const releases = releasesOf(entry);
  if (!releases) return yield { record, problem: 'no releases' };
  const affected: Advisory['affected'][number][] = [];
  for (const [codename, release] of releases) {
    const context = contextOfRelease(codename);
    if (!context || !isRecord(release)) yield problemOf(record, codename, 'no release');
    else {
      const { problem, ...statement } = toAffected(`deb:${context}:${source}`, release);
      if (problem) yield problemOf(record, codename, problem);
      affected.push(statement.affected);
    }
  }
  const severity = severityOf(entry, releases);
  yield { advisory: { feed, id: record, vulnerabilities: [vulnerability], aliases: [], affected, severity } };
}

const problemOf = (record: string, codename: string, problem: string): RecordProblem => ({
  record,
  problem: `${codename}: ${problem}`,
});

/** The tracker writes an empty list where no release has the package. */
function releasesOf({ releases }: Record<string, unknown>): [string, unknown][] | null {
  if (Array.isArray(releases) && releases.length === 0) return [];
  return isRecord(releases) ? Object.entries(releases) : null;
}

const ratings = new Set(['low', 'medium', 'high']);

/** A star after an urgency marks that it was taken from NVD. */
function severityOf({ scope }: Record<string, unknown>, releases: [string, unknown][]): SeverityInputs {
  const urgencies = releases.flatMap(([, release]) =>
    isRecord(release) && typeof release.urgency === 'string' ? release.urgency.replace(/\*+$/, '') : [],
  );
  const rating = urgencies.find((urgency) => ratings.has(urgency));
  return {
    ...(rating && { rating }),
    ...((scope === 'local' || scope === 'remote') && { scope }),
  };
}
