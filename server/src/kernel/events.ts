import type { Context } from './context.ts';
import type { Tx } from './db/database.ts';

/**
 * Events by name. Each domain adds its own with `declare module`, so that the kernel knows how to carry them but none of them.
 * A *transaction listener* runs inside the publisher's transaction and may refuse by throwing; a *listener* runs after the
 * commit, at least once.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the domains that publish
export interface EventMap {}
export type EventName = keyof EventMap;

type Payload<N extends EventName> = EventMap[N];
export type TransactionListeners = { [N in EventName]?: (tx: Tx, ctx: Context, payload: Payload<N>) => Promise<void> };
export type Listeners = { [N in EventName]?: (ctx: Context, payload: Payload<N>) => Promise<void> };

export interface Events {
  inTransaction<N extends EventName>(tx: Tx, ctx: Context, event: { name: N; payload: Payload<N> }): Promise<void>;
  /** Never throws: a listener that fails is logged, and the rows it works from find the work again. */
  afterCommit<N extends EventName>(ctx: Context, event: { name: N; payload: Payload<N> }): Promise<void>;
}

/** Listeners run in the order of the domains. */
export function createEvents(
  domains: { transactionListeners?: TransactionListeners; listeners?: Listeners }[],
): Events {
  return {
    async inTransaction(tx, ctx, { name, payload }) {
      for (const domain of domains) await domain.transactionListeners?.[name]?.(tx, ctx, payload);
    },
    async afterCommit(ctx, { name, payload }) {
      for (const domain of domains) {
        try {
          await domain.listeners?.[name]?.(ctx, payload);
        } catch (error) {
          ctx.log.error({ err: error, event: name }, 'listener failed');
        }
      }
    },
  };
}
