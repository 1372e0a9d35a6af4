import type { acceptFeed as route } from '@flotilla/contract/feeds';
import type { ResponseOf } from '@flotilla/contract/route';
import { isFeedName } from '@flotilla/feeds/feeds';
import { recordActivity } from '../../activity/index.ts';
import { permit } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { listFeeds } from '../list-feeds.ts';
import { readFeeds } from '../queries/feeds.ts';
import { inTurn } from '../update-feeds.ts';
import { renewFeed } from './renew-feed.ts';

/**
 * A person has looked at data that are held and wants them used. They are asked for again: what is there by now is what is
 * used, and the audit row is written with it.
 * @throws AppError `not_found` for a feed that there is not, `conflict` for one of which nothing is held
 */
export async function acceptFeed(ctx: Context, name: string): Promise<ResponseOf<typeof route>> {
  permit(ctx.actor, 'feeds:write');
  if (!isFeedName(name)) throw notFound('Feed');
  await inTurn(async () => {
    const reason = (await readFeeds(ctx.db)).find((row) => row.name === name)?.held_reason;
    if (!reason) throw conflict('name', 'nothing of it is held: its data are in use, or could not be fetched');
    const details = { feed_name: name, reason };
    await renewFeed(ctx, name, (tx) => recordActivity(ctx, tx, { type: 'accepted_feed', details }));
  });
  return listFeeds(ctx);
}
