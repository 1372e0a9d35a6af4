import type { SeverityInputs, Ssvc, VulnerabilityFacts } from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';

type Fields = Record<string, unknown>;

/** A record of the CVE programme (JSON 5.x) with the container that CISA added. */
export function toItem(record: unknown, name: string): FeedItem {
  const metadata = isRecord(record) && isRecord(record.cveMetadata) ? record.cveMetadata : {};
  const { cveId: id, state } = metadata;
  if (typeof id !== 'string' || !/^CVE-\d{4}-\d{4,}$/.test(id)) return { record: name, problem: 'no CVE id' };
  const { adp, cna } = isRecord(record) && isRecord(record.containers) ? record.containers : {};
  const added = recordsIn(adp).filter((container) => shortName(container) === 'CISA-ADP');
  // Whoever assigned the id rates it best; CISA fills in what they left out.
  const metrics = [cna, ...added].filter(isRecord).flatMap((container) => recordsIn(container.metrics));
  const ssvc = ssvcOf(metrics);
  const severity = severityOf(metrics);
  const facts = factsOf(metadata, state === 'REJECTED');
  return {
    advisory: {
      ...{ feed: 'cisa-vulnrichment', id, vulnerabilities: [id], aliases: [], affected: [] },
      ...(Object.keys(facts).length > 0 && { facts }),
      ...(Object.keys(severity).length > 0 && { severity }),
      ...(Object.keys(ssvc).length > 0 && { ssvc }),
    },
  };
}

const shortName = ({ providerMetadata }: Fields) =>
  isRecord(providerMetadata) ? providerMetadata.shortName : undefined;

function factsOf({ datePublished }: Fields, isRejected: boolean): VulnerabilityFacts {
  const time = typeof datePublished === 'string' ? Date.parse(datePublished) : Number.NaN;
  return {
    ...(!Number.isNaN(time) && { published: new Date(time).toISOString() }),
    ...(isRejected && { isRejected: true }),
  };
}

const vectors: Record<string, keyof SeverityInputs> = {
  cvssV2_0: 'cvss2',
  cvssV3_1: 'cvss3',
  cvssV3_0: 'cvss3',
  cvssV4_0: 'cvss4',
};

function severityOf(metrics: Fields[]): SeverityInputs {
  const inputs: Record<string, string> = {};
  for (const metric of metrics) {
    for (const [name, input] of Object.entries(vectors)) {
      const rated = metric[name];
      if (isRecord(rated) && typeof rated.vectorString === 'string') inputs[input] ??= rated.vectorString;
    }
  }
  return inputs;
}

/** Options stand one by one: `[{Exploitation: 'poc'}, {Automatable: 'no'}, {'Technical Impact': 'total'}]`. */
function ssvcOf(metrics: Fields[]): Ssvc {
  const decisions = metrics.flatMap(({ other }) =>
    isRecord(other) && other.type === 'ssvc' && isRecord(other.content) ? recordsIn(other.content.options) : [],
  );
  const options: Fields = Object.assign({}, ...decisions);
  const { Exploitation: exploitation, Automatable: automatable, 'Technical Impact': technicalImpact } = options;
  return {
    ...(isOneOf(exploitation, ['none', 'poc', 'active']) && { exploitation }),
    ...(isOneOf(automatable, ['yes', 'no']) && { isAutomatable: automatable === 'yes' }),
    ...(isOneOf(technicalImpact, ['partial', 'total']) && { technicalImpact }),
  };
}

const isOneOf = <Word extends string>(value: unknown, words: readonly Word[]): value is Word =>
  words.includes(value as Word);
