import type { Policy } from '@flotilla/contract/policies';
import { useFleets } from '../fleets/use-fleet.ts';
import { scopeWord } from './policy-words.ts';

/** Which hosts a policy is about, by the name of the fleet. */
export function ScopeName({ policy }: { policy: Pick<Policy, 'fleet_id'> }) {
  const fleet = useFleets().find(({ id }) => id === policy.fleet_id);
  return fleet?.name ?? scopeWord(policy);
}
