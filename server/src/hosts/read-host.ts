import type { Host, HostDetail as HostPage } from '@flotilla/contract/hosts';
import type { Permission } from '@flotilla/contract/route';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import type { HostDetail } from './detail-queries.ts';
import { DETAIL_DEFAULTS, toHostAnswer, toHostLabel } from './host-answer.ts';
import { permitHost } from './permit-host.ts';
import { readProblems } from './queries/details.ts';
import { readLabelsOf } from './queries/labels.ts';
import { findByName, readEmails, readHosts } from './queries/read.ts';

export interface OneHost {
  answer: Host;
  users: NonNullable<HostDetail['users']>;
  /** Null: the host has not told, or has none to tell of. */
  batteries: NonNullable<HostDetail['batteries']> | null;
  enrolledAt: Date;
  createdAt: Date;
}

/** @throws AppError `not_found`, also for a host of others; `forbidden` where more than reading is asked for */
export async function readHost(ctx: Context, hostId: number, permission: Permission = 'hosts:read'): Promise<OneHost> {
  permitSome(ctx.actor, permission);
  const [host] = await readHosts(ctx.db, [hostId]);
  if (!host) throw notFound(`Host ${hostId}`);
  permitIn(ctx.actor, permission, { fleetId: host.fleet_id, thing: `Host ${hostId}` });
  return {
    answer: toHostAnswer(host, ctx.clock()),
    users: host.detail.users ?? [],
    batteries: host.detail.batteries ?? null,
    enrolledAt: host.enrolled_at,
    createdAt: host.created_at,
  };
}

/** The page of a host as far as this domain knows it. @throws AppError as `readHost` does */
export async function readHostPage(
  ctx: Context,
  hostId: number,
): Promise<Omit<HostPage, 'policies' | 'software' | 'os_end_of_life'>> {
  const { answer, users, batteries } = await readHost(ctx, hostId);
  const { software: _none, ...host } = answer;
  const [labels, emails] = await Promise.all([readLabelsOf(ctx.db, [hostId]), readEmails(ctx.db, hostId)]);
  const other_emails = emails.map(({ email, source }) => ({ email, source }));
  return {
    ...host,
    ...DETAIL_DEFAULTS,
    users,
    batteries: batteries?.length ? batteries : null,
    labels: (labels.get(hostId) ?? []).map(toHostLabel),
    end_users: emails.length === 0 ? [] : [{ idp_username: '', idp_info_updated_at: null, other_emails }],
  };
}

/** The id of the host that goes by a name. @throws AppError `not_found`, also for a host of others */
export async function findHost(ctx: Context, name: string): Promise<number> {
  permitSome(ctx.actor, 'hosts:read');
  const host = await findByName(ctx.db, name);
  if (!host) throw notFound(`Host ${name}`);
  permitIn(ctx.actor, 'hosts:read', { fleetId: host.fleet_id, thing: `Host ${name}` });
  return host.id;
}

/** Refused input of the host, newest first. */
export async function listHostProblems(ctx: Context, hostId: number) {
  await permitHost(ctx, 'hosts:read', hostId);
  const rows = await readProblems(ctx.db, hostId);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
