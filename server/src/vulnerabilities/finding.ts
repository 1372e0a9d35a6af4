import { hash } from 'node:crypto';
import type { Evidence, Verdict } from '@flotilla/engine/matching/verdict';

/** What is kept of a verdict besides the columns that lists read. */
export interface FindingBody {
  evidence: Evidence;
  fixFrom: string | null;
  reason: string | null;
  /** Of the whole verdict: equal ones need no writing. */
  print: string;
}

/** A verdict about one software as it is stored. */
export interface FindingDraft {
  softwareId: number;
  vulnerabilityId: number;
  verdict: 'affected' | 'unknown';
  isActive: boolean;
  fixVersion: string | null;
  remark: string | null;
  body: FindingBody;
}

/** @returns null for what is not affected: that is the absence of a finding */
export function toFinding(softwareId: number, vulnerabilityId: number, verdict: Verdict): FindingDraft | null {
  if (verdict.verdict === 'not_affected') return null;
  const { evidence, fix, remark } = verdict;
  return {
    softwareId,
    vulnerabilityId,
    verdict: verdict.verdict,
    isActive: verdict.verdict === 'affected' && remark !== 'unimportant',
    fixVersion: fix?.version ?? null,
    remark,
    body: {
      evidence,
      fixFrom: fix?.from ?? null,
      reason: verdict.verdict === 'unknown' ? `${verdict.reason.replaceAll('_', ' ')}: ${verdict.detail}` : null,
      print: hash('sha256', JSON.stringify(verdict), 'base64'),
    },
  };
}
