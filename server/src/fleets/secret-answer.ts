import type { Secret } from '@flotilla/contract/fleets';
import type { Context } from '../kernel/context.ts';
import type { SealedSecret } from './queries.ts';

/** A secret in the clear, for those who may hand it out. */
export const toSecretAnswer = (ctx: Context, row: SealedSecret): Secret => ({
  secret: ctx.secrets.open(row.secret_encrypted),
  created_at: row.created_at.toISOString(),
  team_id: row.fleet_id,
  fleet_id: row.fleet_id,
  quota: row.quota,
  used: row.used,
});
