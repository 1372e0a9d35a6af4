import type { ReasonedMove } from '../../kernel/counters/fold.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';
import { addMoves, lockMoves, type MoveReason, readWeights } from './queries/exposure.ts';

/** Weighs the moves of counters that are about to be added, and remembers why they moved. */
export async function explainMoves(tx: Tx, moves: ReasonedMove[]): Promise<void> {
  await lockMoves(tx);
  const weights = await readWeights(tx, ints(new Set(moves.map((move) => move.key))));
  const sums = new Map<string, { fleet_id: number; reason: MoveReason; score: number }>();
  for (const { fleet_id, reason: why, key, by } of moves) {
    const reason = reasonOf(why, by);
    const sum = sums.get(`${fleet_id} ${reason}`) ?? { fleet_id, reason, score: 0 };
    sums.set(`${fleet_id} ${reason}`, sum);
    sum.score += by * (weights.get(key) ?? 0);
  }
  await addMoves(
    tx,
    [...sums.values()].filter((sum) => sum.score !== 0),
  );
}

/** From the reason of a delta (`count_delta.reason`) and whether it adds hosts. */
function reasonOf(why: string, by: number): MoveReason {
  switch (why) {
    case 'judged':
      return by > 0 ? 'new_advisory' : 'advisory_changed';
    case 'inventory':
    case 'new software':
      return by > 0 ? 'new_software' : 'fixed';
    case 'exception':
      return 'exception';
    case 'transfer':
      return 'transfer';
    case 'host removed':
      return 'host_removed';
    default:
      return 'correction';
  }
}
