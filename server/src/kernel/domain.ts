import type { Route } from '@flotilla/contract/route';
import type { AgentTasks } from './agent-tasks.ts';
import type { Context } from './context.ts';
import type { Listeners, TransactionListeners } from './events.ts';
import type { AskedHost, HostAnswers, HostQuery } from './host-queries.ts';
import type { Handler } from './http/handler.ts';
import type { Schedule } from './jobs.ts';
import type { SealedColumn } from './rotate-key.ts';

/** What `main.ts` needs to know of a domain. */
export interface Domain {
  name: string;
  routes?: Handler<Route>[];
  /** Ends the answers that would go on for ever, when the server stops. */
  closeStreams?: () => void;
  /** osquery queries that every host of a platform answers with each inventory. */
  hostQueries?: HostQuery[];
  /**
   * osquery queries that this host owes besides its inventory. Asked at every contact, so it answers from memory as far as
   * it can.
   */
  dueQueries?: (ctx: Context, host: AskedHost) => Promise<HostQuery[]>;
  /** Takes the answers to both; resolves when they are durable. */
  receiveAnswers?: (ctx: Context, answers: HostAnswers) => Promise<void>;
  /** Tasks for agents, and what agents say of them. */
  agentTasks?: AgentTasks;
  schedules?: Schedule[];
  /** Columns that hold what was sealed with the key file, so that a new key reaches all of them. */
  sealedColumns?: SealedColumn[];
  /** Work that goes on while the server runs; of several processes a lease decides which one does it. */
  loops?: ((ctx: Context) => Loop)[];
  transactionListeners?: TransactionListeners;
  listeners?: Listeners;
}

export interface Loop {
  /** Resolves when what it was doing is done. */
  stop(): Promise<void>;
}
