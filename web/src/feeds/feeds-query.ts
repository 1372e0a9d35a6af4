import { listFeeds } from '@flotilla/contract/feeds';
import { ask } from '../api/queries.ts';

/** The question for the state of all feeds. */
export const feedsQuery = ask(listFeeds, {});
