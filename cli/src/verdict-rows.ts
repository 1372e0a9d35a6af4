import type { Exploitation, VersionRange } from '@flotilla/engine/advisories/advisory';
import type { Judgement } from '@flotilla/engine/matching/judge-software';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import type { Verdict } from '@flotilla/engine/matching/verdict';

export interface JudgedRow {
  line: number;
  software: SoftwareIdentity;
  judgement: Judgement;
}

/**
 * The lines about one software: its verdicts, or the reason why it has none. Unless all are wanted, left out is what needs
 * nobody's attention: not affected, unimportant to the distribution, represented by another software.
 */
export function verdictRows(row: JudgedRow, exploited: Map<string, Exploitation>, areAllWanted: boolean): object[] {
  const { line, software, judgement } = row;
  const about = { line, name: software.name, version: software.version, context: software.context };
  const { notJudged } = judgement;
  if (notJudged) {
    const { notJudged: reason, detail } = notJudged;
    const isOpen = !reason.startsWith('represented_by') && reason !== 'never_matched';
    const verdict = isOpen ? 'unknown' : 'not_judged';
    return isOpen || areAllWanted ? [{ ...about, vulnerability: null, verdict, reason, detail }] : [];
  }
  return judgement.verdicts
    .filter((verdict) => areAllWanted || (verdict.verdict !== 'not_affected' && verdict.remark !== 'unimportant'))
    .map((verdict) => ({ ...about, ...toWire(verdict, exploited) }));
}

function toWire({ evidence, vulnerability, ...verdict }: Verdict, exploited: Map<string, Exploitation>): object {
  const known = exploited.get(vulnerability);
  return {
    vulnerability,
    ...verdict,
    known_exploited: known ? { since: known.since, due: known.due, in_ransomware: known.inRansomware } : null,
    evidence: { ...evidence, range: evidence.range && rangeToWire(evidence.range) },
  };
}

const rangeToWire = ({ introduced, after, fixed, lastAffected }: VersionRange) => ({
  introduced,
  after,
  fixed,
  last_affected: lastAffected,
});
