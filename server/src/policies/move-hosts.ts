import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import type { EventMap } from '../kernel/events.ts';
import { judgeHosts } from './judge-versions.ts';
import { askAnew, findOutOfScope, forgetHosts } from './queries/moved-hosts.ts';
import { writeResults } from './queries/results.ts';
import { startInstallations } from './start-installations.ts';

/** Hosts in another fleet lose their answers to policies that are not about them any more, and owe some to others. */
export async function followHosts(tx: Tx, ctx: Context, { moves, at }: EventMap['hostsMoved']): Promise<void> {
  const hostIds = moves.map((move) => move.hostId);
  await writeResults(tx, findOutOfScope(hostIds), { at });
  await askAnew(tx, hostIds);
  await startInstallations(ctx, tx, await judgeHosts(tx, { policyIds: null, hostIds, at }));
}

/** Hosts that are gone answer nothing. */
export async function dropHosts(tx: Tx, _ctx: Context, { hosts, at }: EventMap['hostsDeleted']): Promise<void> {
  await forgetHosts(
    tx,
    hosts.map((host) => host.hostId),
    at,
  );
}
