import type { VersionRange } from '@flotilla/engine/advisories/advisory';
import { severityOf } from '@flotilla/engine/decisions/severity';
import { judgeSoftware } from '@flotilla/engine/matching/judge-software';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import type { NotJudged, Verdict } from '@flotilla/engine/matching/verdict';
import type { Advisories, Told } from './advisories.ts';

/**
 * What is found about a software. Unless all are wanted, left out is what needs nobody's attention: not affected,
 * unimportant to the distribution, represented by another software.
 */
export function findingsOf(software: SoftwareIdentity, { index, told }: Advisories, areAllWanted: boolean) {
  const { verdicts, notJudged } = judgeSoftware(software, index);
  const wanted = verdicts.filter(
    ({ verdict, remark }) => areAllWanted || (verdict !== 'not_affected' && remark !== 'unimportant'),
  );
  const toWire = (verdict: Verdict) => findingToWire(verdict, told(verdict.vulnerability));
  return {
    findings: wanted.filter(({ verdict }) => verdict !== 'unknown').map(toWire),
    unknown: [
      ...(notJudged && (areAllWanted || isOpen(notJudged))
        ? [
            {
              verdict: isOpen(notJudged) ? 'unknown' : 'not_judged',
              reason: notJudged.notJudged,
              detail: notJudged.detail,
            },
          ]
        : []),
      ...wanted.filter(({ verdict }) => verdict === 'unknown').map(toWire),
    ],
  };
}

const isOpen = ({ notJudged }: NotJudged) => !notJudged.startsWith('represented_by') && notJudged !== 'never_matched';

function findingToWire({ vulnerability, evidence, ...conclusion }: Verdict, told: readonly Told[]): object {
  const { advisory, confidence, range, ...rest } = evidence;
  // A list of exploited vulnerabilities has dates; others only say that there were attacks.
  const exploitation = (told.find((one) => one.exploitation?.due) ?? told.find((one) => one.exploitation))
    ?.exploitation;
  return {
    cve: vulnerability,
    advisory,
    ...conclusion,
    evidence: { ...rest, range: range && rangeToWire(range) },
    confidence,
    severity: severityOf(told.flatMap(({ severity }) => severity ?? [])),
    known_exploited: exploitation
      ? { since: exploitation.since, due: exploitation.due, in_ransomware: exploitation.inRansomware }
      : null,
    epss: told.find(({ likelihood }) => likelihood)?.likelihood ?? null,
  };
}

const rangeToWire = ({ introduced, after, fixed, lastAffected }: VersionRange) => ({
  introduced,
  after,
  fixed,
  last_affected: lastAffected,
});
