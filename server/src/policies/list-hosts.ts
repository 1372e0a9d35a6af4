import type { Host, listHosts as listHostsRoute } from '@flotilla/contract/hosts';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { listHosts } from '../hosts/index.ts';
import { readSoftwareRows } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { toHostPolicy } from './policy-answer.ts';
import { readHostPolicies } from './queries/on-hosts.ts';

/** Hosts, with what is on each of them and what it answers to policies where that is wanted. */
export async function listHostsInFull(
  ctx: Context,
  query: QueryOf<typeof listHostsRoute>,
): Promise<ResponseOf<typeof listHostsRoute>> {
  const { hosts, meta } = await listHosts(ctx, query);
  const full: Host[] = [];
  // One by one: a page of hosts with all their software is large enough.
  for (const host of hosts) full.push({ ...host, ...(await readMore(ctx, host.id, query)) });
  return { hosts: full, meta };
}

async function readMore(
  ctx: Context,
  hostId: number,
  { populate_software, populate_policies }: QueryOf<typeof listHostsRoute>,
): Promise<Partial<Pick<Host, 'software' | 'policies'>>> {
  const wantsSoftware = populate_software !== undefined && populate_software !== 'false';
  return {
    ...(wantsSoftware && { software: await readSoftwareRows(ctx, hostId) }),
    ...(populate_policies && { policies: (await readHostPolicies(ctx.db, hostId)).map(toHostPolicy) }),
  };
}
