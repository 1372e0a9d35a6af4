import type { Host } from '@flotilla/contract/hosts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import type { HostDetail } from './detail-queries.ts';
import { toHostAnswer } from './host-answer.ts';
import { readProblems } from './queries/details.ts';
import { readHosts } from './queries/read.ts';

export interface OneHost {
  answer: Host;
  users: NonNullable<HostDetail['users']>;
  enrolledAt: Date;
  createdAt: Date;
}

/** @throws AppError `not_found` */
export async function readHost(ctx: Context, hostId: number): Promise<OneHost> {
  permit(ctx.actor, 'hosts:read');
  const [host] = await readHosts(ctx.db, [hostId]);
  if (!host) throw notFound(`Host ${hostId}`);
  return {
    answer: toHostAnswer(host, ctx.clock()),
    users: host.detail.users ?? [],
    enrolledAt: host.enrolled_at,
    createdAt: host.created_at,
  };
}

/** Refused input of the host, newest first. */
export async function listHostProblems(ctx: Context, hostId: number) {
  permit(ctx.actor, 'hosts:read');
  const rows = await readProblems(ctx.db, hostId);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
