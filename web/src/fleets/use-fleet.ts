import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { session } from '../accounts/session.ts';
import { type FleetChoice, fleetChoices } from './fleet-choices.ts';

const frame = getRouteApi('/frame');

/** The fleet the whole console is about; undefined: all that the person reads. 0: the hosts in no fleet. */
export const useFleetId = (): number | undefined => frame.useSearch({ select: ({ fleet_id }) => fleet_id });

/** The fleets the person can choose from. */
export function useFleets(): FleetChoice[] {
  const { data } = useQuery(session);
  return data ? fleetChoices(data) : [];
}
