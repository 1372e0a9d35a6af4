import type { Platform, Restriction } from '../advisories/advisory.ts';
import { cpeKey } from '../identity/cpe-candidate.ts';
import { identityRules } from '../identity/rules.ts';
import type { ExplainedStatement, Explanation } from './explain.ts';

/** An explanation as interfaces write it. */
export function explanationToWire({ vulnerability, identity, keys, statements, verdict, notJudged }: Explanation) {
  const told = verdict ?? null;
  return {
    cve: vulnerability,
    verdict: told?.verdict ?? (notJudged ? ('not_judged' as const) : ('nothing_said' as const)),
    reason: told && 'reason' in told ? told.reason : (notJudged?.notJudged ?? null),
    detail: told && 'detail' in told ? told.detail : (notJudged?.detail ?? null),
    fix_version: told?.fix?.version ?? null,
    identity: {
      purl: identity.purl,
      source_package: identity.sourcePackage,
      cpes: identity.cpes.map((cpe) => `${cpeKey(cpe)}:${cpe.version}`),
      confidence: identity.confidence,
      rule: identity.rule,
      rule_reason: identityRules.find(({ id }) => id === identity.rule)?.reason ?? null,
    },
    keys: keys.map(({ key, isCovered }) => ({ key, is_covered: isCovered })),
    statements: statements.map(statementToWire),
  };
}

function statementToWire(said: ExplainedStatement) {
  const { role, verdict, feed, advisory, key, kind, comparator } = said;
  const { compared, identity, confidence } = verdict?.evidence ?? { compared: null, identity: null, confidence: null };
  return {
    ...{ role, feed, advisory, key, kind, comparator, compared, identity, confidence },
    verdict: verdict?.verdict ?? null,
    reason: verdict && 'reason' in verdict ? verdict.reason : null,
    detail: verdict && 'detail' in verdict ? verdict.detail : null,
    fix_version: verdict?.fix?.version ?? null,
    remark: verdict?.remark ?? null,
    ranges: said.ranges.map(({ range: { introduced, after, fixed, lastAffected }, standing }) => ({
      introduced: introduced ?? null,
      after: after ?? null,
      fixed: fixed ?? null,
      last_affected: lastAffected ?? null,
      standing,
    })),
    ended_by: [...said.endedBy],
    only: said.only === null ? [] : restrictionWords(said.only),
    ...recordOf(said),
  };
}

/** Some records name thousands of ranges; a person reads the first of them. */
const MOST_CHARACTERS = 20_000;

function recordOf({ stored: { feed, advisory, vulnerabilities, isDerived, affected } }: ExplainedStatement) {
  const record = { feed, advisory, vulnerabilities, ...(isDerived && { is_derived: true }), affected };
  const text = JSON.stringify(record, null, 2);
  return { record: text.slice(0, MOST_CHARACTERS), is_record_cut: text.length > MOST_CHARACTERS };
}

/** What else must be so, one line each. */
function restrictionWords({ variant = {}, module, runningOn = [] }: Restriction): string[] {
  return [
    ...Object.entries(variant).map(([attribute, value]) => `${attribute}: ${value}`),
    ...(module === undefined ? [] : [`module: ${module}`]),
    ...runningOn.map((platforms) => `on or beside: ${platforms.map(platformWords).join(' or ')}`),
  ];
}

const platformWords = ({ key, ranges }: Platform) => (ranges.length === 0 ? key : `${key} of some versions`);
