import type {
  Advisory,
  Affected,
  Remark,
  SeverityInputs,
  VulnerabilityFacts,
} from '@flotilla/engine/advisories/advisory';
import type { FeedItem } from '../feed.ts';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { type Component, componentsOf } from './products.ts';

type Fields = Record<string, unknown>;

/** A document of Red Hat about one vulnerability: CSAF 2.0, profile VEX. */
export function toItem(document: unknown, name: string): FeedItem {
  const [vulnerability] = isRecord(document) ? recordsIn(document.vulnerabilities) : [];
  const id = vulnerability?.cve;
  if (!isRecord(document) || !vulnerability || typeof id !== 'string' || !/^CVE-\d{4}-\d{4,}$/.test(id)) {
    return { record: name, problem: 'no CVE id' };
  }
  if (!isRecord(document.product_tree)) return { record: id, problem: 'no products' };
  const components = componentsOf(document.product_tree);
  const facts = factsOf(vulnerability);
  const severity = severityOf(vulnerability, document.document);
  return {
    advisory: {
      ...{ feed: 'redhat-csaf-vex', id, vulnerabilities: [id], aliases: [] },
      affected: [...statementsOf(vulnerability, components)],
      ...(Object.keys(facts).length > 0 && { facts }),
      ...(Object.keys(severity).length > 0 && { severity }),
    } satisfies Advisory,
  };
}

/** One statement for each release, package, module and version: architectures are told one by one. */
function statementsOf(vulnerability: Fields, components: Map<string, Component>): Iterable<Affected> {
  const remarks = remarksOf(vulnerability);
  const status = isRecord(vulnerability.product_status) ? vulnerability.product_status : {};
  const statements = new Map<string, Affected>();
  for (const [word, ids] of Object.entries(status)) {
    for (const id of Array.isArray(ids) ? (ids as unknown[]) : []) {
      const component = components.get(String(id));
      const said = component && statementOf(word, component.evr);
      if (!component || !said) continue;
      const { release, name, evr, module } = component;
      const remark = remarks.get(String(id));
      statements.set([word, release, name, module, evr].join(' '), {
        ...{ key: `rpm:${release}:${name}`, scheme: 'rpm', ...said },
        ...(module && { only: { module } }),
        ...(remark && { remark }),
      });
    }
  }
  return statements.values();
}

/** A version that is not affected says nothing about others of its package. */
function statementOf(status: string, evr: string | null): Pick<Affected, 'statement' | 'ranges'> | null {
  if (status === 'fixed') return evr === null ? null : { statement: 'ranges', ranges: [{ fixed: evr }] };
  if (evr !== null) return null;
  if (status === 'known_affected') return { statement: 'ranges', ranges: [{}] };
  if (status === 'known_not_affected') return { statement: 'not_affected', ranges: [] };
  return status === 'under_investigation' ? { statement: 'undetermined', ranges: [] } : null;
}

/** Words of Red Hat for what is not fixed: https://access.redhat.com/security/updates/classification, "State". */
const states: Record<string, Remark> = {
  'Will not fix': 'ignored',
  'Fix deferred': 'postponed',
  'Out of support scope': 'end_of_life',
};

function remarksOf({ remediations }: Fields): Map<string, Remark> {
  const remarks = new Map<string, Remark>();
  for (const { details, product_ids: ids } of recordsIn(remediations)) {
    const remark = typeof details === 'string' && Object.hasOwn(states, details) && states[details];
    if (remark && Array.isArray(ids)) for (const id of ids) remarks.set(String(id), remark);
  }
  return remarks;
}

function factsOf({ release_date: published, notes }: Fields): VulnerabilityFacts {
  const time = typeof published === 'string' ? Date.parse(published) : Number.NaN;
  const description = recordsIn(notes).find(({ category }) => category === 'description')?.text;
  return {
    ...(!Number.isNaN(time) && { published: new Date(time).toISOString() }),
    ...(typeof description === 'string' && { description }),
  };
}

function severityOf({ scores }: Fields, about: unknown): SeverityInputs {
  const cvss3 = recordsIn(scores)
    .map((score) => score.cvss_v3)
    .find(isRecord)?.vectorString;
  const rating = isRecord(about) && isRecord(about.aggregate_severity) ? about.aggregate_severity.text : undefined;
  return { ...(typeof cvss3 === 'string' && { cvss3 }), ...(typeof rating === 'string' && { rating }) };
}
