import type { Role } from '@flotilla/contract/accounts';
import type { Permission } from '@flotilla/contract/route';
import { useQuery } from '@tanstack/react-query';
import { session } from './session.ts';

type Write = Extract<
  Permission,
  'software:write' | 'hosts:install' | 'stop:write' | 'policies:write' | 'updates:write'
>;

const writers: Record<Write, readonly Role[]> = {
  'software:write': ['admin', 'maintainer', 'gitops'],
  'policies:write': ['admin', 'maintainer', 'gitops'],
  'updates:write': ['admin', 'maintainer'],
  'hosts:install': ['admin', 'maintainer', 'technician'],
  'stop:write': ['admin', 'maintainer', 'technician'],
};

/** Whether a button is worth showing. The server decides: of a role unknown here everything is offered. */
export const mayBe = (role: string | null, write: Write): boolean =>
  !(everyRole as readonly (string | null)[]).includes(role) || writers[write].some((writer) => writer === role);

const everyRole: readonly Role[] = ['admin', 'maintainer', 'observer', 'observer_plus', 'technician', 'gitops'];

/** Whether the person who is signed in may do something, as far as the console knows. */
export function useMay(write: Write): boolean {
  const { data } = useQuery(session);
  return data !== undefined && mayBe(data.user.global_role, write);
}
