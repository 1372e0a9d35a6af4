import { createHash } from 'node:crypto';
import type { Role, User } from '@flotilla/contract/accounts';
import type { Person } from '../kernel/access.ts';

/** What a person may do in one fleet. */
export interface FleetRole {
  id: number;
  name: string;
  description: string;
  role: Role;
}

/** A role everywhere, or roles in some fleets: never both. */
export interface Roles {
  global: Role | null;
  fleets: readonly { id: number; role: Role }[];
}

/** What the console keeps for a person. */
export interface AccountSettings {
  hidden_host_columns?: string[];
}

export interface Account {
  id: number;
  name: string;
  email: string;
  apiOnly: boolean;
  mustResetPassword: boolean;
  /** The role everywhere; null for roles in fleets. */
  role: Role | null;
  /** Of the person, see `Person.audienceId`. */
  audienceId: number | null;
  fleets: FleetRole[];
  settings: AccountSettings;
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
    force_password_reset: account.mustResetPassword,
    gravatar_url: `https://www.gravatar.com/avatar/${createHash('sha256').update(emailKey(account.email)).digest('hex')}`,
    sso_enabled: false,
    mfa_enabled: false,
    global_role: account.role,
    api_only: account.apiOnly,
    teams: account.fleets,
    fleets: account.fleets,
    settings: { hidden_host_columns: account.settings.hidden_host_columns ?? [] },
  };
}

/** Who acts when this person asks. */
export const toPerson = (account: Account): Person => ({
  kind: 'person',
  id: account.id,
  name: account.name,
  email: account.email,
  apiOnly: account.apiOnly,
  mustResetPassword: account.mustResetPassword,
  role: account.role,
  fleetRoles: new Map(account.fleets.map((fleet) => [fleet.id, fleet.role])),
  audienceId: account.audienceId,
});

/** How activities name an account. */
export const nameOf = (account: Pick<Account, 'id' | 'name' | 'email'>) => ({
  user_id: account.id,
  user_name: account.name,
  user_email: account.email,
});
