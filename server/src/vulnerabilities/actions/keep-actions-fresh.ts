import type { Context } from '../../kernel/context.ts';
import { holdLease } from '../../kernel/lease.ts';
import { repeat } from '../../kernel/repeat.ts';
import { refreshActions } from './refresh-actions.ts';

/** Actions follow findings within a second or two: what was judged meanwhile is taken together. */
const EVERY_MS = 1_000;
/** After a crash the actions wait for the lease of the dead process. Two that refresh at once only wait for each other. */
const LEASE_SECONDS = 5;

export const keepActionsFresh = (ctx: Context) =>
  repeat(EVERY_MS, async () => {
    try {
      if (await holdLease(ctx.db, 'refresh actions', LEASE_SECONDS)) await refreshActions(ctx);
    } catch (error) {
      ctx.log.error({ err: error }, 'actions were not refreshed');
    }
  });
