import { type Role, roles, type User } from '@flotilla/contract/accounts';
import type { Permission } from '@flotilla/contract/route';
import { counted } from '../pieces/words.ts';

export const roleNames: Record<Role, string> = {
  admin: 'Administrator',
  maintainer: 'Maintainer',
  technician: 'Technician',
  observer: 'Observer',
  observer_plus: 'Observer+',
  gitops: 'GitOps',
};

/** In the order people choose from, widest first. */
export const roleChoices = (['admin', 'maintainer', 'technician', 'observer', 'observer_plus', 'gitops'] as const).map(
  (value) => ({ value, label: roleNames[value] }),
);

export const isRole = (value: string | null): value is Role => (roles as readonly (string | null)[]).includes(value);

/** What each role may do. The server decides; a test holds this table to it. */
export const roleMatrix: readonly { does: string; permission: Permission; roles: readonly Role[] }[] = [
  {
    does: 'See hosts, software, vulnerabilities, policies and activity',
    permission: 'hosts:read',
    roles: ['admin', 'maintainer', 'technician', 'observer', 'observer_plus'],
  },
  {
    does: 'Refetch hosts, install and uninstall',
    permission: 'hosts:install',
    roles: ['admin', 'maintainer', 'technician'],
  },
  {
    does: 'Stop everything (with a role in every fleet)',
    permission: 'stop:write',
    roles: ['admin', 'maintainer', 'technician'],
  },
  { does: 'Move and delete hosts', permission: 'hosts:manage', roles: ['admin', 'maintainer'] },
  { does: 'Start and stop rollouts', permission: 'updates:write', roles: ['admin', 'maintainer'] },
  { does: 'Accept vulnerabilities', permission: 'exceptions:write', roles: ['admin', 'maintainer'] },
  { does: 'Fill the library', permission: 'software:write', roles: ['admin', 'maintainer', 'gitops'] },
  { does: 'Write policies', permission: 'policies:write', roles: ['admin', 'maintainer', 'gitops'] },
  { does: 'Write labels', permission: 'labels:write', roles: ['admin', 'maintainer', 'gitops'] },
  { does: 'Read and rotate enrol secrets', permission: 'secrets:write', roles: ['admin', 'maintainer', 'gitops'] },
  { does: 'Make and change fleets', permission: 'fleets:write', roles: ['admin', 'gitops'] },
  { does: 'Change the settings of the server', permission: 'server:write', roles: ['admin', 'gitops'] },
  { does: 'Manage people', permission: 'people:write', roles: ['admin'] },
];

/** The roles of somebody while they are chosen: one everywhere, or some in fleets. */
export interface RoleDraft {
  global: Role | null;
  fleets: { id: number; role: Role }[];
}

export const draftOf = ({ global_role, fleets }: Pick<User, 'global_role' | 'fleets'>): RoleDraft => ({
  global: isRole(global_role) ? global_role : null,
  fleets: fleets.map(({ id, role }) => ({ id, role })),
});

/** As the API takes it. */
export const roleBody = ({ global, fleets }: RoleDraft) =>
  global === null ? { global_role: null, fleets } : { global_role: global };

export const lacksRole = ({ global, fleets }: RoleDraft): boolean => global === null && fleets.length === 0;

/** "Administrator", "Observer in Design", "Roles in 3 fleets". */
export function rolesInWords({ global_role, fleets }: Pick<User, 'global_role' | 'fleets'>): string {
  if (global_role !== null) return isRole(global_role) ? roleNames[global_role] : global_role;
  const [first] = fleets;
  if (!first) return 'No role';
  return fleets.length === 1
    ? `${roleNames[first.role]} in ${first.name}`
    : `Roles in ${counted(fleets.length, 'fleet')}`;
}
