import { type Judgement, judgeSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { Tx } from '../kernel/db/database.ts';
import { readIdentities, readIndex } from './queries/judging.ts';

/** What the stored advisories say of some software, each judged whole, and under which keys it is looked up. Writes nothing. */
export async function judgeEach(tx: Tx, softwareIds: number[]) {
  const software = await readIdentities(tx, softwareIds);
  const pairs = software.flatMap((one) => lookupKeysOf(one).map((key) => ({ softwareId: one.id, key })));
  const index = await readIndex(tx, [...new Set(pairs.map((pair) => pair.key))]);
  const judgements: (Judgement & { id: number })[] = software.map((one) => ({
    id: one.id,
    ...judgeSoftware(one, index),
  }));
  return { judgements, pairs };
}
