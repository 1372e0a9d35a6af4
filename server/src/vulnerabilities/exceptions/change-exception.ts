import type * as contract from '@flotilla/contract/exceptions';
import type { BodyOf, ResponseOf } from '@flotilla/contract/route';
import { recordActivity } from '../../activity/index.ts';
import { asSystem, type Context } from '../../kernel/context.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { conflict, invalid, notFound } from '../../kernel/errors.ts';
import { settleWanted } from '../due/settle-due.ts';
import { type ExceptionRow, readExceptions } from '../queries/exception-list.ts';
import { changeException as writeChange } from '../queries/exceptions.ts';
import { takeTurn } from '../queries/judging.ts';
import { recountWanted } from '../recount.ts';
import { readOwner, readUntil } from './create-exception.ts';
import { permitStored } from './exception.ts';
import { activityOf, toAnswer } from './exception-answer.ts';
import { endExceptions } from './settle.ts';

type Answer = ResponseOf<typeof contract.endException>;

/** Ends an exception: what it was about counts again before this answers. @throws AppError `not_found`, `conflict`, `forbidden` */
export async function endException(ctx: Context, id: number): Promise<Answer> {
  const row = await findLiving(ctx, id);
  await inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    await endExceptions(ctx, tx, { ids: [row.id], why: 'ended' });
  });
  await recountWanted(asSystem(ctx));
  await settleWanted(asSystem(ctx));
  return readChanged(ctx, id);
}

/** @throws AppError `not_found`, `conflict` for one that has ended, `validation_failed`, `forbidden` */
export async function changeException(
  ctx: Context,
  id: number,
  { until, reason, owner_id }: BodyOf<typeof contract.changeException>,
): Promise<Answer> {
  const row = await findLiving(ctx, id);
  const now = ctx.clock();
  const change = {
    until: until === undefined ? row.until : readUntil(until, row.since > now ? row.since : now),
    reason: reason?.trim() ?? row.reason,
    owner_id: owner_id === undefined ? row.owner_id : await readOwner(ctx, owner_id),
  };
  if (change.reason === '') throw invalid('reason', 'Say why');
  await inTransaction(ctx, async (tx: Tx) => {
    if (!(await writeChange(tx, id, change))) throw hasEnded(id);
    const [changed] = await readExceptions(tx, [id]);
    if (changed) await recordActivity(ctx, tx, activityOf('edited_vulnerability_exception', changed));
  });
  return readChanged(ctx, id);
}

async function findLiving(ctx: Context, id: number): Promise<ExceptionRow> {
  const [found = null] = await readExceptions(ctx.db, [id]);
  const row = permitStored(ctx, { found, id });
  if (row.state === 'ended') throw hasEnded(id);
  return row;
}

const hasEnded = (id: number) => conflict('id', `Exception ${id} has ended: make a new one`);

async function readChanged(ctx: Context, id: number): Promise<Answer> {
  const [row] = await readExceptions(ctx.db, [id]);
  if (!row) throw notFound(`Exception ${id}`);
  return { exception: toAnswer(row) };
}
