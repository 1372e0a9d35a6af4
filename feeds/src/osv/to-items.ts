import type { Advisory, Affected, SeverityInputs, VulnerabilityFacts } from '@flotilla/engine/advisories/advisory';
import type { FeedItem, RecordProblem } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { type OsvAffected, type OsvRecord, textsOf } from './osv-record.ts';
import type { PackageRules } from './package-rules.ts';
import { toRanges } from './to-ranges.ts';

/** What a record is called where it has no id, and what feed it is of. */
export interface RecordPlace {
  feed: string;
  name: string;
}

/** A record as an advisory, and what could not be understood of it. One that was withdrawn affects nothing. */
export function* toItems(record: unknown, { feed, name }: RecordPlace, rules: PackageRules): Generator<FeedItem> {
  if (!isRecord(record)) return yield { record: name, problem: 'no object' };
  if (!isOsvRecord(record)) return yield { record: name, problem: 'no id' };
  const cves = cvesOf(record, rules);
  if (rules.isLeftOut?.(record, cves)) return;
  const affected: Affected[] = [];
  for (const each of record.withdrawn ? [] : affectedOf(record)) {
    const understood = toStatements(each, record, rules);
    if ('problem' in understood) yield understood;
    else affected.push(...understood.statements);
  }
  const vulnerabilities = cves.length > 0 ? cves : [record.id];
  const aliases = [record.id, ...textsOf(record.aliases)].filter((alias) => !vulnerabilities.includes(alias));
  const facts = rules.tellsFacts ? factsOf(record) : {};
  const severity = severityOf(record);
  yield {
    advisory: {
      ...{ feed, id: record.id, vulnerabilities, aliases: [...new Set(aliases)] },
      affected: rules.settle?.(affected) ?? affected,
      ...(isDerived(record) && { isDerived: true }),
      ...(Object.keys(facts).length > 0 && { facts }),
      ...(Object.keys(severity).length > 0 && { severity }),
    } satisfies Advisory,
  };
}

const isOsvRecord = (record: object): record is OsvRecord =>
  'id' in record && typeof record.id === 'string' && /^[\x21-\x7e]{1,200}$/.test(record.id);

function cvesOf(record: OsvRecord, { namedIn }: PackageRules): string[] {
  const lists = namedIn.map((list) => textsOf(record[list]).filter((id) => /^CVE-\d{4}-\d{4,}$/.test(id)));
  const named = lists.find((list) => list.length > 0) ?? [];
  return /^CVE-/.test(record.id) ? [record.id] : [...new Set(named)];
}

const affectedOf = ({ affected }: OsvRecord): unknown[] => (Array.isArray(affected) ? affected : []);

function toStatements(
  affected: unknown,
  record: OsvRecord,
  rules: PackageRules,
): { statements: readonly Affected[] } | RecordProblem {
  if (!isAffected(affected)) return { record: record.id, problem: 'no name of a package' };
  const keys = rules.keysOf(affected);
  if (keys.length === 0) return { statements: [] };
  const ranges = toRanges(affected, rules.scheme);
  if (!ranges) return { record: record.id, problem: `${affected.package.name}: neither ranges nor versions` };
  const statements = keys.map((key): Affected => ({ key, scheme: rules.scheme, statement: 'ranges', ranges }));
  const { refine } = rules;
  return { statements: refine ? statements.flatMap((each) => refine(each, { record, affected })) : statements };
}

function isAffected(value: unknown): value is OsvAffected {
  if (!isRecord(value) || !isRecord(value.package)) return false;
  const { ecosystem, name } = value.package;
  return typeof ecosystem === 'string' && typeof name === 'string' && /^\S{1,400}$/.test(name);
}

/** Canonical's own records carry no status; those with one were computed from its tracker. */
const isDerived = (record: OsvRecord) =>
  affectedOf(record).some(
    (each) => isRecord(each) && isRecord(each.database_specific) && typeof each.database_specific.status === 'string',
  );

function factsOf({ published, summary, details }: OsvRecord): VulnerabilityFacts {
  const description = [details, summary].find((text) => typeof text === 'string' && text !== '');
  const time = typeof published === 'string' ? Date.parse(published) : Number.NaN;
  return {
    ...(!Number.isNaN(time) && { published: new Date(time).toISOString() }),
    ...(typeof description === 'string' && { description }),
  };
}

const severityTypes: Record<string, keyof SeverityInputs> = {
  CVSS_V2: 'cvss2',
  CVSS_V3: 'cvss3',
  CVSS_V4: 'cvss4',
  Ubuntu: 'rating',
};

function severityOf({ severity }: OsvRecord): SeverityInputs {
  const inputs: Record<string, string> = {};
  for (const each of recordsIn(severity)) {
    const name = typeof each.type === 'string' && Object.hasOwn(severityTypes, each.type) && severityTypes[each.type];
    if (name && typeof each.score === 'string' && each.score !== '') inputs[name] ??= each.score;
  }
  return inputs;
}
