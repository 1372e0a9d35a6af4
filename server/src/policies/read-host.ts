import type { HostDetail } from '@flotilla/contract/hosts';
import { findHost } from '../hosts/index.ts';
import { readHostDetail } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { toHostPolicy } from './policy-answer.ts';
import { readHostPolicies } from './queries/on-hosts.ts';

/** The host in full, with its answers to the policies that are about it. @throws AppError `not_found` */
export async function readHostWithPolicies(
  ctx: Context,
  hostId: number,
  options: { withSoftware: boolean },
): Promise<HostDetail> {
  const host = await readHostDetail(ctx, hostId, options);
  return { ...host, policies: (await readHostPolicies(ctx.db, hostId)).map(toHostPolicy) };
}

/** The same by one of the names of the host. */
export const findHostWithPolicies = async (
  ctx: Context,
  name: string,
  options: { withSoftware: boolean },
): Promise<HostDetail> => readHostWithPolicies(ctx, await findHost(ctx, name), options);
