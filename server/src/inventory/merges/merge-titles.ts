import type { TitleMerges } from '@flotilla/contract/merges';
import { recordActivity } from '../../activity/index.ts';
import { permit } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { correct, countName } from '../../kernel/counters/compare.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { conflict, invalid, notFound } from '../../kernel/errors.ts';
import { appendDeltas, closeFence } from '../queries/host-software.ts';
import * as queries from '../queries/merge.ts';

/** Lists a title as another. Nothing is lost by it: each version remembers the title that the rules of identity gave it. */
export async function mergeTitle(ctx: Context, titleId: number, into: number): Promise<TitleMerges> {
  permit(ctx.actor, 'software:write');
  if (titleId === into) throw invalid('into', 'must be another title');
  return inTransaction(ctx, async (tx) => {
    const titles = await openTitles(tx, [titleId, into]);
    const [from, target] = [requireTitle(titles, titleId), requireTitle(titles, into)];
    await checkMerge(tx, from, target);
    await recounted(tx, [titleId, into], () => queries.moveVersions(tx, { from: titleId, into }));
    await publish(ctx, tx, { type: 'merged_software_title', from, into: target });
    return readMerges(tx, titleId);
  });
}

/** Gives a merged title its versions back. @throws AppError `conflict` for one that is not merged */
export async function undoMerge(ctx: Context, titleId: number): Promise<TitleMerges> {
  permit(ctx.actor, 'software:write');
  return inTransaction(ctx, async (tx) => {
    const from = requireTitle(await openTitles(tx, [titleId]), titleId);
    if (from.merged_into === null) throw conflict('id', `${from.display_name} is not merged into another title`);
    const into = requireTitle(await openTitles(tx, [from.merged_into]), from.merged_into);
    await recounted(tx, [titleId, into.id], () => queries.returnVersions(tx, titleId));
    await publish(ctx, tx, { type: 'unmerged_software_title', from, into });
    return readMerges(tx, titleId);
  });
}

/** @throws AppError `not_found` */
export async function listMerges(ctx: Context, titleId: number): Promise<TitleMerges> {
  permit(ctx.actor, 'software:read');
  return inTransaction(ctx, (tx) => readMerges(tx, titleId));
}

type Titles = Map<number, queries.MergeTitle>;

/** Keeps inventory and new versions out until the transaction ends, so that each is counted for the title it then has. */
async function openTitles(tx: Tx, ids: number[]): Promise<Titles> {
  await closeFence(tx);
  await queries.holdVersions(tx);
  return new Map((await queries.findTitles(tx, ids)).map((title) => [title.id, title]));
}

function requireTitle(titles: Titles, id: number): queries.MergeTitle {
  const title = titles.get(id);
  if (!title) throw notFound(`Software title ${id}`);
  return title;
}

async function checkMerge(tx: Tx, from: queries.MergeTitle, into: queries.MergeTitle): Promise<void> {
  for (const [name, title] of [
    ['id', from],
    ['into', into],
  ] as const) {
    if (title.kind !== 'normal') throw invalid(name, `${title.display_name} is a system, not a software title`);
    if (title.merged_into !== null) {
      throw conflict(
        name,
        `${title.display_name} is merged into title ${title.merged_into}: name that one, or undo it`,
      );
    }
  }
  const [merged] = await queries.listMergedInto(tx, from.id);
  if (merged) throw conflict('id', `${merged.display_name} is merged into it: undo that first`);
  const use = await queries.findUse(tx, from.id);
  if (use) throw conflict('id', `${from.display_name} has ${use}: delete them first, or merge the other way round`);
}

/** Appends how a change of titles changes what is counted of them: a host that has both counts once. */
async function recounted(tx: Tx, titleIds: number[], change: () => Promise<void>): Promise<void> {
  const before = await countTitles(tx, titleIds);
  await change();
  const rows = correct('title', await countTitles(tx, titleIds), before);
  await appendDeltas(
    tx,
    rows.map((row) => ({ ...row, reason: 'merge' })),
  );
}

const countTitles = async (tx: Tx, titleIds: number[]) =>
  new Map((await queries.countHosts(tx, titleIds)).map((row) => [countName(row.fleet_id, row.title_id), row.hosts]));

interface Merge {
  type: 'merged_software_title' | 'unmerged_software_title';
  from: queries.MergeTitle;
  into: queries.MergeTitle;
}

async function publish(ctx: Context, tx: Tx, { type, from, into }: Merge): Promise<void> {
  const payload = { titleIds: [from.id, into.id], at: ctx.clock() };
  await ctx.events.inTransaction(tx, ctx, { name: 'titlesMerged', payload });
  const details = {
    software_title_id: from.id,
    software_title: from.display_name,
    into_software_title_id: into.id,
    into_software_title: into.display_name,
  };
  await recordActivity(ctx, tx, { type, details });
}

async function readMerges(tx: Tx, titleId: number): Promise<TitleMerges> {
  const [title] = await queries.findTitles(tx, [titleId]);
  if (!title) throw notFound(`Software title ${titleId}`);
  const [into] = title.merged_into === null ? [] : await queries.findTitles(tx, [title.merged_into]);
  return {
    merged_into: into ? toMerged(into) : null,
    merged: (await queries.listMergedInto(tx, titleId)).map(toMerged),
  };
}

const toMerged = ({ id, display_name: name, source }: { id: number; display_name: string; source: string }) => ({
  id,
  name,
  source,
});
