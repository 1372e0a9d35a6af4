import type { LifecycleProduct } from '@flotilla/engine/lifecycles/lifecycle';
import type { FeedItem } from '@flotilla/feeds/feed';
import type { Context } from '../../kernel/context.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { replaceProducts } from '../queries/end-of-life.ts';
import { createLifecycles } from './attach-lifecycles.ts';

/**
 * Stores what a feed tells of the ends of products, all or nothing, and finds the cycles of all versions anew.
 * @param also what else is written with it, in one transaction
 * @returns how many versions are of a cycle
 * @throws what reading the items throws: nothing is then stored
 */
export async function storeLifecycles(
  ctx: Context,
  items: AsyncIterable<FeedItem>,
  also?: (tx: Tx) => Promise<unknown>,
): Promise<number> {
  const products: LifecycleProduct[] = [];
  for await (const item of items) if ('product' in item) products.push(item.product);
  await inTransaction(ctx, async (tx) => {
    await replaceProducts(tx, products, ctx.clock());
    await also?.(tx);
  });
  return createLifecycles().attachAll(ctx);
}
