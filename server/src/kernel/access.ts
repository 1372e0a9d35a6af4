import type { Role } from '@flotilla/contract/accounts';
import type { Permission } from '@flotilla/contract/route';
import { AppError } from './errors.ts';

/** Who asks. `system` is the server itself, `host` an enrolled host that speaks for itself only. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'system' }
  | { kind: 'host'; hostId: number }
  | { kind: 'person'; id: number; name: string; email: string; role: Role };

const reading: Permission[] = ['hosts:read', 'software:read', 'activities:read', 'policies:read', 'updates:read'];
const installing: Permission[] = ['hosts:write', 'hosts:install'];
const configuring: Permission[] = ['software:write', 'policies:write'];
const permissions: Record<Role, readonly Permission[]> = {
  admin: [
    ...reading,
    ...installing,
    ...configuring,
    'secrets:read',
    'server:read',
    'feeds:write',
    'updates:write',
    'stop:write',
  ],
  maintainer: [...reading, ...installing, ...configuring, 'secrets:read', 'feeds:write', 'updates:write', 'stop:write'],
  // Whoever may start scripts may also stop them.
  technician: [...reading, ...installing, 'stop:write'],
  observer_plus: reading,
  observer: reading,
  gitops: ['secrets:read', ...configuring],
};

/**
 * The first line of each use case.
 * @throws AppError `unauthenticated` or `forbidden`
 */
export function permit(actor: Actor, permission: Permission): void {
  if (actor.kind === 'system') return;
  if (actor.kind !== 'person') throw new AppError('unauthenticated', { name: 'base', reason: 'Sign in first' });
  if (!permissions[actor.role].includes(permission)) {
    throw new AppError('forbidden', { name: 'base', reason: `Your role does not allow ${permission}` });
  }
}
