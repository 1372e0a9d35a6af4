import type { Secret } from '@flotilla/contract/fleets';
import { recordActivity } from '../activity/index.ts';
import { permit, permitIn } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { namesOf } from './fleet.ts';
import * as queries from './queries.ts';
import { toSecretAnswer } from './secret-answer.ts';

/** As it was given: `quota` absent leaves that of a secret that stays. */
export interface GivenSecret {
  secret: string;
  quota?: number | null;
}

/** The secrets of hosts in no fleet in the clear, for those who hand them to hosts. */
export async function listEnrolSecrets(ctx: Context): Promise<Secret[]> {
  permit(ctx.actor, 'secrets:read');
  return (await queries.readSecretsOf(ctx.db, null)).map((row) => toSecretAnswer(ctx, row));
}

/** The secrets of one fleet in the clear. @throws AppError `not_found` */
export async function listFleetSecrets(ctx: Context, fleetId: number): Promise<Secret[]> {
  permitIn(ctx.actor, 'secrets:read', { fleetId, thing: `Fleet ${fleetId}` });
  if (!(await queries.hasFleet(ctx.db, fleetId))) throw notFound(`Fleet ${fleetId}`);
  return (await queries.readSecretsOf(ctx.db, [fleetId])).map((row) => toSecretAnswer(ctx, row));
}

/**
 * Sets all secrets of a fleet, or of hosts in none. Those left out enrol nobody from now on; hosts that hold a key stay.
 * @throws AppError `not_found`, `conflict` for a secret of another fleet
 */
export async function setEnrolSecrets(ctx: Context, fleetId: number | null, given: GivenSecret[]): Promise<void> {
  permitIn(ctx.actor, 'secrets:write', { fleetId, thing: `Fleet ${fleetId}` });
  await inTransaction(ctx, async (tx) => {
    const fleet = fleetId === null ? null : await queries.lockFleet(tx, fleetId);
    if (fleetId !== null && !fleet) throw notFound(`Fleet ${fleetId}`);
    await writeSecrets(ctx, tx, { fleetId, given });
    await recordActivity(ctx, tx, { type: 'edited_enroll_secrets', details: fleet ? namesOf(fleet) : {} });
  });
}

/** The same inside a larger change, which has locked the fleet and records it. */
export async function writeSecrets(
  ctx: Context,
  tx: Tx,
  { fleetId, given }: { fleetId: number | null; given: GivenSecret[] },
): Promise<void> {
  await queries.lockSecrets(tx);
  const wanted = new Map(given.map((one) => [hashToken(one.secret).toString('hex'), one]));
  const stored = new Map((await queries.readAllSecrets(tx)).map((row) => [row.secret_hash.toString('hex'), row]));
  for (const hash of wanted.keys()) {
    const row = stored.get(hash);
    if (row && row.fleet_id !== fleetId) throw conflict('secrets', 'A secret is in use elsewhere: choose another one');
  }
  const gone = [...stored].filter(([hash, row]) => row.fleet_id === fleetId && !wanted.has(hash));
  await queries.deleteSecrets(
    tx,
    gone.map(([, row]) => row.id),
  );
  for (const [hash, { secret, quota }] of wanted) {
    const row = stored.get(hash);
    if (!row) {
      await queries.insertSecret(tx, {
        fleet_id: fleetId,
        secret_hash: Buffer.from(hash, 'hex'),
        secret_encrypted: ctx.secrets.seal(secret),
        quota: quota ?? null,
        created_at: ctx.clock(),
      });
    } else if (quota !== undefined && quota !== row.quota) await queries.setQuota(tx, row.id, quota);
  }
}

/** Makes the first secret when there is none, so that hosts can enrol before there is an administrator. */
export async function ensureEnrolSecret(ctx: Context): Promise<void> {
  permit(ctx.actor, 'secrets:read');
  await inTransaction(ctx, async (tx) => {
    await queries.lockSecrets(tx);
    if (await queries.hasSecret(tx)) return;
    await addSecret(ctx, tx, null);
  });
}

/** A new secret, made up here. */
export async function addSecret(ctx: Context, tx: Tx, fleetId: number | null): Promise<void> {
  const secret = newToken();
  await queries.insertSecret(tx, {
    fleet_id: fleetId,
    secret_hash: hashToken(secret),
    secret_encrypted: ctx.secrets.seal(secret),
    quota: null,
    created_at: ctx.clock(),
  });
}

export interface HeldSecret {
  id: number;
  fleetId: number | null;
}

/**
 * The fleet a host joins with this secret, which stays as it is until the transaction ends.
 * @returns null when the secret is wrong
 */
export async function holdEnrolSecret(tx: Tx, secret: string): Promise<HeldSecret | null> {
  const row = await queries.holdSecret(tx, hashToken(secret));
  return row ? { id: row.id, fleetId: row.fleet_id } : null;
}

/** Counts one more host that enrols with the secret. @returns false when its quota is used up */
export const useEnrolSecret = (tx: Tx, { id }: HeldSecret): Promise<boolean> => queries.useSecret(tx, id);
