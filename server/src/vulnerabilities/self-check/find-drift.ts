import type { Judgement } from '@flotilla/engine/matching/judge-software';
import type { Tx } from '../../kernel/db/database.ts';
import { toFinding } from '../finding.ts';
import { judgeEach } from '../judge-each.ts';
import { findWrongRisk } from '../queries/risk.ts';
import { type NamedFinding, readNamedFindings, readNotJudged } from '../queries/self-check.ts';

/** What is stored of a software and should not be so, or the reverse. */
export interface Drift {
  softwareId: number;
  /** For people: `CVE-2024-0001 is missing`. */
  reasons: string[];
}

/** Judges software once more without writing, and compares with what is stored of it. To be called within one snapshot. */
export async function findDrift(tx: Tx, softwareIds: number[]): Promise<Drift[]> {
  const { judgements } = await judgeEach(tx, softwareIds);
  const stored = Map.groupBy(await readNamedFindings(tx, softwareIds), (one) => one.software_id);
  const notJudged = await readNotJudged(tx, softwareIds);
  const wrongRisk = new Set(await findWrongRisk(tx, softwareIds));
  return judgements.flatMap(({ id, ...judgement }) => {
    const reasons = [
      ...compareFindings(judgement, stored.get(id) ?? []),
      ...(notJudged.get(id) === (judgement.notJudged?.notJudged ?? null) ? [] : ['why it is not judged differs']),
      ...(wrongRisk.has(id) ? ['the figures of its version differ'] : []),
    ];
    return reasons.length > 0 ? [{ softwareId: id, reasons }] : [];
  });
}

function compareFindings({ verdicts }: Judgement, stored: NamedFinding[]): string[] {
  const found = new Map(stored.map((one) => [one.vulnerability, one]));
  const reasons = verdicts.flatMap((verdict) => {
    const draft = toFinding(0, 0, verdict);
    if (!draft) return [];
    const known = found.get(verdict.vulnerability);
    found.delete(verdict.vulnerability);
    if (!known) return `${verdict.vulnerability} is missing`;
    const isEqual = known.print === draft.body.print && known.is_active === draft.isActive;
    return isEqual ? [] : `${verdict.vulnerability} differs`;
  });
  return [...reasons, ...[...found.keys()].map((name) => `${name} should not be there`)];
}
