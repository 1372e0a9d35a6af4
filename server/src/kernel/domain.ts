import type { Route } from '@flotilla/contract/route';
import type { Context } from './context.ts';
import type { Listeners, TransactionListeners } from './events.ts';
import type { HostAnswers, HostQuery } from './host-queries.ts';
import type { Handler } from './http/handler.ts';
import type { Schedule } from './jobs.ts';

/** What `main.ts` needs to know of a domain. */
export interface Domain {
  name: string;
  routes?: Handler<Route>[];
  /** osquery queries that every host of a platform answers with each inventory. */
  hostQueries?: HostQuery[];
  /** Takes the answers to them; resolves when they are durable. */
  receiveAnswers?: (ctx: Context, answers: HostAnswers) => Promise<void>;
  schedules?: Schedule[];
  transactionListeners?: TransactionListeners;
  listeners?: Listeners;
}
