import type { AdvisoryIndex } from '@flotilla/engine/matching/advisory-index';
import { toVerdict } from '@flotilla/engine/matching/conclude';
import { decideSoftware, type Judgement, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { Tx } from '../kernel/db/database.ts';
import { type IdentifiedSoftware, readIdentities, readIndex } from './queries/judging.ts';

/**
 * What the stored advisories say of some software, each judged whole, and under which keys it is looked up; verdicts are those
 * that findings are made of. Writes nothing.
 */
export async function judgeEach(tx: Tx, softwareIds: number[]) {
  const software = await readIdentities(tx, softwareIds);
  const pairs = software.flatMap((one) => lookupKeysOf(one).map((key) => ({ softwareId: one.id, key })));
  const index = await readIndex(tx, [...new Set(pairs.map((pair) => pair.key))]);
  return { judgements: software.map((one) => judgeOne(one, index)), pairs };
}

function judgeOne(software: IdentifiedSoftware, index: AdvisoryIndex): Judgement & { id: number } {
  const { decided, notJudged } = decideSoftware(software, index);
  const found = decided.filter(({ conclusion }) => conclusion.verdict !== 'not_affected');
  return {
    id: software.id,
    verdicts: found.map(({ vulnerability, conclusion }) => toVerdict(vulnerability, conclusion)),
    notJudged,
  };
}
