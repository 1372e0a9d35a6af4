import { enrollSecrets, fleetSecrets, type Secret, setEnrollSecrets, setFleetSecrets } from '@flotilla/contract/fleets';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { unassigned } from './fleet-choices.ts';

/** The enrol secrets of a fleet, or of the hosts in none. */
export const secretsQuery = (id: number) =>
  queryOptions<Secret[]>({
    queryKey: [fleetSecrets.path, id],
    queryFn: async ({ signal }) => {
      if (id !== unassigned.id) return (await call(fleetSecrets, { params: { id }, signal })).secrets;
      return (await call(enrollSecrets, { signal })).spec.secrets;
    },
  });

export type Given = Pick<Secret, 'secret' | 'quota'>;

/** Sets all of them: those left out enrol nobody any more. */
export async function saveSecrets(id: number, secrets: readonly Given[]): Promise<void> {
  const given = secrets.map(({ secret, quota }) => ({ secret, quota }));
  if (id === unassigned.id) await call(setEnrollSecrets, { body: { spec: { secrets: given } } });
  else await call(setFleetSecrets, { params: { id }, body: { secrets: given } });
}

/** A new secret that nobody guesses: 192 random bits in letters that need no quoting. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** "any number of hosts", "3 of 10 hosts so far". */
export const quotaWords = ({ quota, used }: Pick<Secret, 'quota' | 'used'>): string =>
  quota === null ? 'Enrols any number of hosts' : `Has enrolled ${used} of at most ${quota} hosts`;
