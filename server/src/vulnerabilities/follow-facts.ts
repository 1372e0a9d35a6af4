import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { wantVulnerabilities } from './actions/queries/wanting.ts';
import { chooseFacts } from './choose-facts.ts';
import { wantRated } from './due/queries/rating.ts';
import { noteAffecting } from './news/note-news.ts';
import { readTold, writeChosen } from './queries/advisories.ts';
import * as following from './queries/following.ts';
import { takeTurn } from './queries/judging.ts';
import { findAffecting } from './queries/news.ts';
import { refreshFigures } from './queries/risk.ts';

/** Vulnerabilities and versions of one transaction: new software waits for it. */
const VULNERABILITIES = 2_000;
const VERSIONS = 500;

/** Brings what is shown into line with what feeds tell of vulnerabilities, some at a time. What remains is in tables, and is not forgotten. */
export async function followFacts(ctx: Context): Promise<void> {
  if (!(await following.isAnyWanted(ctx.db))) return;
  while (await inTransaction(ctx, (tx) => chooseSome(ctx, tx)));
  while (await inTransaction(ctx, refreshSome));
}

/** @returns whether there may be more */
async function chooseSome(ctx: Context, tx: Tx): Promise<boolean> {
  await takeTurn(tx);
  const ids = await following.takeRetold(tx, VULNERABILITIES);
  const told = Map.groupBy(await readTold(tx, ids), (one) => one.vulnerability_id);
  await writeChosen(
    tx,
    ids.map((id) => ({ id, ...chooseFacts(told.get(id) ?? []) })),
  );
  // When one was published may be told later than that it affects hosts.
  await noteAffecting(ctx, tx, await findAffecting(tx, ids));
  await wantFollowed(tx, ids);
  return ids.length === VULNERABILITIES;
}

/** Of these vulnerabilities something else is shown now. Who judges waits, so that no finding is missed. */
export async function wantFollowed(tx: Tx, vulnerabilityIds: number[]): Promise<void> {
  await following.wantFigures(tx, vulnerabilityIds);
  await wantVulnerabilities(tx, vulnerabilityIds);
  await wantRated(tx, vulnerabilityIds);
}

async function refreshSome(tx: Tx): Promise<boolean> {
  await takeTurn(tx);
  const versionIds = await following.takeVersions(tx, VERSIONS);
  await refreshFigures(tx, versionIds);
  return versionIds.length === VERSIONS;
}
