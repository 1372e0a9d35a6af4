import type { me } from '@flotilla/contract/accounts';
import type { ResponseOf } from '@flotilla/contract/route';

export interface FleetChoice {
  id: number;
  name: string;
}

export const unassigned: FleetChoice = { id: 0, name: 'Hosts in no fleet' };

/** The fleets somebody can choose from by name, the hosts in no fleet last; nothing where there is nothing to choose. */
export function fleetChoices({ user, available_fleets: fleets }: ResponseOf<typeof me>): FleetChoice[] {
  const named = fleets
    .filter(({ id }) => id !== unassigned.id)
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const readsRest = user.global_role !== null ? named.length > 0 : fleets.some(({ id }) => id === unassigned.id);
  return readsRest ? [...named, unassigned] : named;
}
