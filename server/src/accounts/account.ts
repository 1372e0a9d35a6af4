import { createHash } from 'node:crypto';
import type { Role, User } from '@flotilla/contract/accounts';

export interface Account {
  id: number;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  updatedAt: Date;
}

/** Addresses that differ in case only are one account. */
export const emailKey = (email: string) => email.trim().normalize('NFKC').toLowerCase();

export function toUser(account: Account): User {
  return {
    id: account.id,
    created_at: account.createdAt.toISOString(),
    updated_at: account.updatedAt.toISOString(),
    name: account.name,
    email: account.email,
    force_password_reset: false,
    gravatar_url: `https://www.gravatar.com/avatar/${createHash('sha256').update(emailKey(account.email)).digest('hex')}`,
    sso_enabled: false,
    mfa_enabled: false,
    global_role: account.role,
    api_only: false,
    teams: [],
    fleets: [],
  };
}
