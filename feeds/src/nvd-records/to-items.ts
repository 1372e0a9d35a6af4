import type { Advisory, SeverityInputs, VulnerabilityFacts } from '@flotilla/engine/advisories/advisory';
import { toAffected } from '../cpe/to-affected.ts';
import type { FeedItem } from '../feed.ts';
import { instantOf } from '../instant-of.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';

/** A CVE record of NVD's schema 2.0 as an advisory of a feed, and what could not be understood of it. */
export function* toItems(feed: string, record: Record<string, unknown>, isDerived?: true): Generator<FeedItem> {
  const id = cveIdOf(record);
  if (id === null) return yield { record: String(record.id), problem: 'no CVE id' };
  const facts = factsOf(record);
  const { affected, problems } = facts.isRejected ? { affected: [], problems: [] } : toAffected(record.configurations);
  for (const problem of new Set(problems)) yield { record: id, problem };
  const advisory: Advisory = { feed, id, vulnerabilities: [id], aliases: [], affected, facts };
  const severity = severityOf(record.metrics);
  if (severity) advisory.severity = severity;
  if (isDerived) advisory.isDerived = true;
  yield { advisory };
}

export function cveIdOf({ id }: Record<string, unknown>): string | null {
  return typeof id === 'string' && /^CVE-\d{4}-\d{4,}$/.test(id) ? id : null;
}

function factsOf({ published, descriptions, vulnStatus, cveTags }: Record<string, unknown>): VulnerabilityFacts {
  const facts: VulnerabilityFacts = {};
  const time = instantOf(published);
  if (time) facts.published = time;
  const english = recordsIn(descriptions).find(({ lang }) => lang === 'en')?.value;
  if (typeof english === 'string') facts.description = english;
  if (vulnStatus === 'Rejected') facts.isRejected = true;
  if (recordsIn(cveTags).some(({ tags }) => Array.isArray(tags) && tags.includes('disputed'))) facts.isDisputed = true;
  return facts;
}

/** Newer schemes before older ones of the same generation; what NVD itself says (Primary) before what others do. */
const generations = [
  ['cvss4', ['cvssMetricV40']],
  ['cvss3', ['cvssMetricV31', 'cvssMetricV30']],
  ['cvss2', ['cvssMetricV2']],
] as const;

function severityOf(metrics: unknown): SeverityInputs | null {
  if (!isRecord(metrics)) return null;
  const severity: SeverityInputs = {};
  for (const [generation, names] of generations) {
    const ratings = names.flatMap((name) => recordsIn(metrics[name]));
    const rating = ratings.find(({ type }) => type === 'Primary') ?? ratings[0];
    const vector = isRecord(rating?.cvssData) ? rating.cvssData.vectorString : null;
    if (typeof vector === 'string') severity[generation] = vector;
  }
  return Object.keys(severity).length > 0 ? severity : null;
}
