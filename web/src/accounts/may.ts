import type { me } from '@flotilla/contract/accounts';
import type { Permission, ResponseOf } from '@flotilla/contract/route';
import { useQuery } from '@tanstack/react-query';
import { session } from './session.ts';

export type Permissions = ResponseOf<typeof me>['permissions'];

/** `everywhere`, in at least one fleet (`somewhere`), or in one: its id, where null and 0 are the hosts in no fleet. */
export type Where = 'everywhere' | 'somewhere' | number | null;

/** Whether a button is worth showing; the server decides. */
export function mayBe(
  { everywhere, fleets }: Permissions,
  permission: Permission,
  where: Where = 'everywhere',
): boolean {
  if (everywhere.includes(permission)) return true;
  if (where === 'everywhere') return false;
  return fleets.some(
    (of) => (where === 'somewhere' || of.fleet_id === (where ?? 0)) && of.permissions.includes(permission),
  );
}

/** Whether the person who is signed in may do something there. */
export function useMay(permission: Permission, where?: Where): boolean {
  const { data } = useQuery(session);
  return data !== undefined && mayBe(data.permissions, permission, where);
}
