import type { Advisory, SeverityInputs } from '@flotilla/engine/advisories/advisory';
import { instantOf } from '../instant-of.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';

export const FEED = 'msrc';

/** Numbers of CVRF's list of threat types, as Microsoft counts it. */
const EXPLOIT_STATUS = 1;
const SEVERITY = 3;

const worstFirst = ['Critical', 'Important', 'Moderate', 'Low'];

/** What a vulnerability of a document is in itself, whatever products have it. */
export function toFacts(
  id: string,
  { Title, RevisionHistory, Threats, CVSSScoreSets }: Record<string, unknown>,
): Advisory {
  const threats = recordsIn(Threats);
  const dates = recordsIn(RevisionHistory).flatMap(({ Date: date }) => instantOf(date) ?? []);
  const [published] = dates.sort();
  const description = textOf(Title);
  const isExploited = threats.some(
    ({ Type, Description }) => Type === EXPLOIT_STATUS && /(?:^|;)Exploited:Yes/i.test(textOf(Description) ?? ''),
  );
  return {
    ...{ feed: FEED, id, vulnerabilities: [id], aliases: [], affected: [] },
    facts: { ...(published && { published }), ...(description && { description }) },
    severity: severityOf(threats, recordsIn(CVSSScoreSets)),
    ...(isExploited && { ssvc: { exploitation: 'active' } }),
  };
}

type Entries = Record<string, unknown>[];

/** Products may be rated apart: the worst counts. */
function severityOf(threats: Entries, scores: Entries): SeverityInputs {
  const said = new Set(
    threats.flatMap(({ Type, Description }) => (Type === SEVERITY ? textOf(Description) : null) ?? []),
  );
  const rating = worstFirst.find((each) => said.has(each));
  const [worst] = scores.sort((a, b) => Number(b.BaseScore) - Number(a.BaseScore));
  const vector = worst?.Vector;
  return { ...(typeof vector === 'string' && { cvss3: vector }), ...(rating && { rating }) };
}

const textOf = (text: unknown): string | null =>
  isRecord(text) && typeof text.Value === 'string' && text.Value !== '' ? text.Value : null;
