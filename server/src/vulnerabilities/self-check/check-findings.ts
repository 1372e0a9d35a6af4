import type { Context } from '../../kernel/context.ts';
import { inOneSnapshot, inTransaction } from '../../kernel/db/database.ts';
import { wantJudged } from '../queries/judging.ts';
import { readCheck, readNext, writeCheck } from '../queries/self-check.ts';
import { findDrift } from './find-drift.ts';

const BATCH = 500;
/** Software compared in one night; the next one goes on. */
const MOST = 200_000;
/** Of a batch, that the log tells of. */
const MOST_LOGGED = 20;

/**
 * Compares what is stored of all software with judging it once more, from where the last night ended. In a sound system nothing
 * differs; what does is an error in the log, is counted, and is judged anew.
 * @returns how much software drifted
 */
export async function checkFindings(ctx: Context, most: number = MOST): Promise<number> {
  const known = await readCheck(ctx.db);
  const isUnderWay = known !== undefined && known.after_software_id > 0;
  const round = { software: 0, drifted: 0, after_software_id: 0, ...(isUnderWay && known) };
  let drifted = 0;
  for (let left = most; left > 0; ) {
    const asked = Math.min(BATCH, left);
    const { ids, compared, drift } = await compareNext(ctx, round.after_software_id, asked);
    if (drift.length > 0) ctx.log.error({ software: drift.slice(0, MOST_LOGGED) }, 'findings are not as judged');
    left -= ids.length;
    drifted += drift.length;
    round.software += compared;
    round.drifted += drift.length;
    round.after_software_id = ids.length < asked ? 0 : (ids.at(-1) ?? 0);
    await inTransaction(ctx, async (tx) => {
      const at = ctx.clock();
      await writeCheck(tx, { ...round, checked_at: at });
      const wanted = drift.map((one) => one.softwareId);
      if (wanted.length > 0) await wantJudged(tx, wanted, { why: 'drift', at });
    });
    if (round.after_software_id === 0) break;
  }
  return drifted;
}

/** In one snapshot advisories, findings and what waits to be judged belong together. What waits is left out: it may differ. */
const compareNext = (ctx: Context, after: number, most: number) =>
  inTransaction(ctx, async (tx) => {
    await inOneSnapshot(tx);
    const next = await readNext(tx, after, most);
    const settled = next.filter((one) => one.isSettled).map((one) => one.id);
    const drift = settled.length > 0 ? await findDrift(tx, settled) : [];
    return { ids: next.map((one) => one.id), compared: settled.length, drift };
  });
