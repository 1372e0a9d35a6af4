import type { Context } from '../kernel/context.ts';
import { hasFleet } from './queries.ts';

/** Whether there is such a fleet; 0, the hosts in no fleet, is none. */
export const isFleet = (ctx: Context, id: number): Promise<boolean> => hasFleet(ctx.db, id);
