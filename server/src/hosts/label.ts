import type { Criteria, Label, LabelDetail } from '@flotilla/contract/labels';
import { permit, permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { escapeLike } from '../kernel/db/like.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { toHostLabel } from './host-answer.ts';
import type { LabelRow } from './queries/labels.ts';

/** What a label is judged by on the server, with the pattern that `*` makes of its value. */
export const toStoredCriteria = ({ vital, value }: Criteria) => ({
  vital,
  value,
  pattern: escapeLike(value).replaceAll('*', '%'),
});

/** A label in the contract's shape. @param count null where nobody asked for it */
export const toLabel = (row: LabelRow, count: number | null): Label => ({
  ...toHostLabel(row),
  display_text: row.name,
  count: count ?? 0,
  ...(count !== null && { host_count: count }),
  ...(row.criteria && { criteria: { vital: row.criteria.vital, value: row.criteria.value } }),
});

export const toLabelDetail = (
  row: LabelRow & { fleet_name: string | null },
  { count, hostIds }: { count: number; hostIds: number[] | null },
): LabelDetail => ({
  ...toLabel(row, count),
  team_name: row.fleet_name,
  fleet_name: row.fleet_name,
  host_ids: hostIds,
});

/**
 * The first line of each use case about one label. Whoever reads hosts reads the labels of all, and those of the fleets they read.
 * @returns the label that was found
 * @throws AppError `not_found`, also for a label of others; `forbidden`, `unauthenticated`
 */
export function permitLabel<L extends { fleet_id: number | null }>(
  ctx: Context,
  permission: 'hosts:read' | 'labels:write',
  { found, name }: { found: L | null; name: string },
): L {
  permitSome(ctx.actor, permission);
  if (!found) throw notFound(`Label ${name}`);
  if (found.fleet_id !== null) permitIn(ctx.actor, permission, { fleetId: found.fleet_id, thing: `Label ${name}` });
  else if (permission === 'labels:write') permit(ctx.actor, permission);
  return found;
}

export const nameTaken = (name: string) =>
  conflict('name', `There is a label called "${name}" already: choose another name`);
