import type { EndOfLife } from '@flotilla/contract/end-of-life';
import type { Context } from '../../kernel/context.ts';
import { type LifecycleRow, readLifecycles, readSystemLifecycle } from '../queries/end-of-life.ts';

/** The day it is, in UTC. */
export const today = (ctx: Context): string => dayOf(ctx.clock());
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** A cycle in the contract's shape. Where a day is named it decides; what the list says itself ages with the list. */
export function toEndOfLife(row: LifecycleRow, day: string): EndOfLife {
  return {
    product: row.product,
    product_name: row.product_label,
    link: row.link,
    cycle: row.name,
    cycle_name: row.label,
    released: row.released,
    support_ends: row.supportEnds,
    eol_date: row.ends,
    is_past: row.ends === null ? row.hasEnded : row.ends <= day,
    extended_until: row.extendedEnds,
    is_lts: row.isLts,
    latest: row.latest,
    remark: row.remark,
  };
}

/** When the system of a host ends; null where nobody knows. */
export async function readSystemEnd(ctx: Context, hostId: number): Promise<EndOfLife | null> {
  const row = await readSystemLifecycle(ctx.db, hostId);
  return row && toEndOfLife(row, today(ctx));
}

/** The ends of those versions for which one is known. */
export async function readEndsOfLife(ctx: Context, versionIds: number[]): Promise<Map<number, EndOfLife>> {
  const day = today(ctx);
  const rows = await readLifecycles(ctx.db, versionIds);
  return new Map([...rows].map(([id, row]) => [id, toEndOfLife(row, day)]));
}
