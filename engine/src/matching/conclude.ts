import type { Remark, VersionRange } from '../advisories/advisory.ts';
import { judgeRanges } from './judge-ranges.ts';
import type { Statement } from './statements.ts';
import type { Confidence, Evidence, IdentityDerivation, Told, Verdict } from './verdict.ts';

/** What of a software is compared with what advisories say. */
export interface Compared {
  version: string;
  derivation: IdentityDerivation;
  /** That this is the software the advisory speaks of. */
  confidence: Confidence;
}

/** What a statement means for a software, whichever of its vulnerabilities one asks for; the evidence by reference. */
export type Conclusion = Told & {
  /** The version that has the fix; null when there is none, or none is known. */
  fix: string | null;
  remark: Remark | null;
  statement: Statement;
  /** The range that decided; null where none did. */
  range: VersionRange | null;
  compared: Compared;
};

/** What a statement about versions means for one of them. `counting`: the ranges that count, absent: all. */
export function conclude(compared: Compared, statement: Statement, counting?: readonly number[]): Conclusion {
  const { affected } = statement;
  const remark = affected.remark ?? null;
  if (affected.statement === 'not_affected') {
    return { ...stated, fix: null, remark, statement, range: null, compared };
  }
  if (affected.statement === 'undetermined') {
    return { ...undetermined, fix: null, remark, statement, range: null, compared };
  }
  const judged = judgeRanges(compared.version, statement, counting);
  const { range } = judged;
  const fix = range?.fixed || null;
  if (judged.standing === 'inside') {
    return { verdict: 'affected', reason: null, detail: null, fix, remark, statement, range, compared };
  }
  if (judged.standing === 'outside') {
    const reason = 'outside_range';
    return { verdict: 'not_affected', reason, detail: null, fix, remark, statement, range, compared };
  }
  const { standing: reason, detail } = judged;
  return { verdict: 'unknown', reason, detail, fix, remark, statement, range, compared };
}

const stated = { verdict: 'not_affected', reason: 'stated', detail: null } as const;
const undetermined = {
  verdict: 'unknown',
  reason: 'undetermined',
  detail: 'the advisory does not say whether the package is affected',
} as const;

/** A conclusion about one of its vulnerabilities, with everything in it that is needed to check it by hand. */
export function toVerdict(vulnerability: string, conclusion: Conclusion): Verdict {
  const { verdict, reason, detail, fix, remark, statement } = conclusion;
  const told = {
    fix: fix === null ? null : { version: fix, from: statement.feed },
    remark,
    evidence: evidenceOf(conclusion),
    vulnerability,
  };
  if (verdict === 'affected') return { verdict, ...told };
  if (verdict === 'not_affected') return { verdict, reason, ...told };
  return { verdict, reason, detail, ...told };
}

function evidenceOf({ statement, range, compared }: Conclusion): Evidence {
  const { feed, advisory, affected, isDerived } = statement;
  return {
    ...{ feed, advisory, key: affected.key, range, comparator: affected.scheme, compared: compared.version },
    identity: compared.derivation,
    confidence: isDerived ? lower[compared.confidence] : compared.confidence,
  };
}

const lower = { high: 'medium', medium: 'low', low: 'low' } as const;
