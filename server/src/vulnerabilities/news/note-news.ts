import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db/database.ts';
import { noteNews } from '../queries/news.ts';

/** What was published longer ago is no news: the contract's `recent_vulnerability_max_age`. */
const NEWS_DAYS = 30;
const DAY_MS = 86_400_000;

/** Has those told of that affect hosts for the first time: after the commit, by whoever delivers, for judging waits for nobody. */
export async function noteAffecting(ctx: Context, tx: Tx, vulnerabilityIds: number[]): Promise<void> {
  const at = ctx.clock();
  const since = new Date(at.getTime() - NEWS_DAYS * DAY_MS);
  if (vulnerabilityIds.length > 0) await noteNews(tx, vulnerabilityIds, { at, since });
}
