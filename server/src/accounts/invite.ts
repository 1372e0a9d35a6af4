import type { Role } from '@flotilla/contract/accounts';
import type { Invite } from '@flotilla/contract/invites';
import type { Context } from '../kernel/context.ts';
import type { Account, Roles } from './account.ts';
import { readFleets } from './queries/accounts.ts';

export interface InviteRow {
  id: number;
  email: string;
  name: string;
  global_role: Role | null;
  fleets: { id: number; role: Role }[];
  invited_by: number | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
}

export const rolesOf = (row: InviteRow): Roles => ({ global: row.global_role, fleets: row.fleets });

/** What an invitation would make, for asking who may manage it. */
export const invitedAccount = (row: InviteRow): Account => ({
  id: 0,
  name: row.name,
  email: row.email,
  apiOnly: false,
  mustResetPassword: false,
  role: row.global_role,
  audienceId: null,
  fleets: row.fleets.map((fleet) => ({ ...fleet, name: '', description: '' })),
  settings: {},
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Invitations as answers show them. */
export async function toInvites(ctx: Context, rows: readonly InviteRow[]): Promise<Invite[]> {
  const ids = [...new Set(rows.flatMap(({ fleets }) => fleets.map(({ id }) => id)))];
  const names = new Map((await readFleets(ctx.db, ids)).map(({ id, name }) => [id, name]));
  return rows.map((row) => {
    const fleets = row.fleets.map(({ id, role }) => ({ id, name: names.get(id) ?? 'Unassigned', role }));
    return {
      id: row.id,
      created_at: row.created_at.toISOString(),
      updated_at: row.updated_at.toISOString(),
      expires_at: row.expires_at.toISOString(),
      invited_by: row.invited_by,
      email: row.email,
      name: row.name,
      sso_enabled: false,
      mfa_enabled: false,
      global_role: row.global_role,
      teams: fleets,
      fleets,
    };
  });
}
