import type { Permission } from '@flotilla/contract/route';
import { isFleet } from '../fleets/index.ts';
import { permit, permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';

/** The scope of policies: of a fleet, or null for those of every host. */
export type ScopeId = number | null;

type PolicyPermission = Extract<Permission, 'policies:read' | 'policies:write'>;

/**
 * Whether the actor may do this to the policies of a scope. Those of every host are everybody's to read, as every fleet inherits
 * them, and only to change for people whose role is everywhere.
 * @throws AppError `not_found` for a fleet that is not there or is another's, `forbidden` or `unauthenticated`; 0, the hosts in no
 * fleet, always is there
 */
export async function permitScope(ctx: Context, permission: PolicyPermission, scope: ScopeId): Promise<void> {
  if (scope !== null) {
    const thing = `Fleet ${scope}`;
    permitIn(ctx.actor, permission, { fleetId: scope, thing });
    if (scope !== 0 && !(await isFleet(ctx, scope))) throw notFound(thing);
  } else if (permission === 'policies:read') permitSome(ctx.actor, permission);
  else permit(ctx.actor, permission);
}

/** The fleets where the actor may do this; null are all. @throws AppError `forbidden` or `unauthenticated` */
export function fleetsWith({ actor }: Context, permission: PolicyPermission): readonly number[] | null {
  const fleets = permitSome(actor, permission);
  return fleets === 'all' ? null : fleets;
}
