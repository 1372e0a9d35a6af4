import type { Candidate } from './advisory-index.ts';
import { judgeRanges } from './judge-ranges.ts';
import type { Conclusion, Confidence, Evidence, IdentityDerivation } from './verdict.ts';

/** What of a software is compared with what advisories say. */
export interface Compared {
  version: string;
  derivation: IdentityDerivation;
  /** That this is the software the advisory speaks of. */
  confidence: Confidence;
}

/** What a statement about versions means for one of them. */
export function conclude({ version, derivation, confidence }: Compared, candidate: Candidate): Conclusion {
  const { feed, advisory, affected } = candidate;
  const remark = affected.remark ?? null;
  const evidence: Evidence = {
    feed,
    advisory,
    key: affected.key,
    range: null,
    comparator: affected.scheme,
    compared: version,
    identity: derivation,
    confidence: candidate.isDerived ? lower[confidence] : confidence,
  };
  if (affected.statement === 'not_affected') {
    return { verdict: 'not_affected', reason: 'stated', fix: null, remark, evidence };
  }
  if (affected.statement === 'undetermined') {
    const detail = 'the advisory does not say whether the package is affected';
    return { verdict: 'unknown', reason: 'undetermined', detail, fix: null, remark, evidence };
  }
  const judged = judgeRanges(version, affected);
  evidence.range = judged.range;
  const fix = judged.range?.fixed ? { version: judged.range.fixed, from: feed } : null;
  if (judged.standing === 'inside') return { verdict: 'affected', fix, remark, evidence };
  if (judged.standing === 'outside') {
    return { verdict: 'not_affected', reason: 'outside_range', fix, remark, evidence };
  }
  return { verdict: 'unknown', reason: judged.standing, detail: judged.detail, fix, remark, evidence };
}

const lower = { high: 'medium', medium: 'low', low: 'low' } as const;
