import type { ExceptionStatus, Justification } from '@flotilla/contract/exceptions';
import { permit, permitIn, permitSome } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';

/** Why one ended: its time was over, a person ended it, a newer document stands in its place, or what it was for is gone. */
export type EndedWhy = 'expired' | 'ended' | 'replaced' | 'scope_gone';

/** An exception to be written. Ids are null where it is about any, or for everything. */
export interface ExceptionDraft {
  vulnerability_id: number | null;
  title_id: number | null;
  version_id: number | null;
  fleet_id: number | null;
  label_id: number | null;
  host_id: number | null;
  status: ExceptionStatus;
  justification: Justification | null;
  reason: string;
  owner_id: number | null;
  since: Date;
  until: Date | null;
  vex_document: string | null;
  vex_statement: string | null;
}

/**
 * The first line of each use case that writes one: whoever may in the fleet it is for, and where it is for more than a fleet, only
 * whoever may everywhere.
 * @param of `fleetId` of the fleet, of the label's or of the host's; null: of all fleets together
 * @throws AppError `not_found` for what is in a fleet of others, `forbidden`, `unauthenticated`
 */
export function permitException(ctx: Context, { fleetId, thing }: { fleetId: number | null; thing: string }): void {
  if (fleetId === null) permit(ctx.actor, 'exceptions:write');
  else permitIn(ctx.actor, 'exceptions:write', { fleetId, thing });
}

/** The same for one that is stored. */
export function permitStored<E extends { scope_fleet_id: number | null }>(
  ctx: Context,
  { found, id }: { found: E | null; id: number },
): E {
  permitSome(ctx.actor, 'exceptions:write');
  const thing = `Exception ${id}`;
  if (!found) throw notFound(thing);
  permitException(ctx, { fleetId: found.scope_fleet_id, thing });
  return found;
}
