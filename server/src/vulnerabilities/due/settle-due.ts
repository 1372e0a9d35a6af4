import { lockHosts } from '../../hosts/index.ts';
import { closeFence } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { inTurn } from '../../kernel/db/in-turn.ts';
import type { EventMap } from '../../kernel/events.ts';
import * as rules from './queries/rules.ts';
import * as settling from './queries/settling.ts';
import * as wanted from './queries/wanted.ts';
import { rateWanted } from './rate.ts';

/** Hosts of one transaction, and vulnerabilities settled together. */
const HOSTS = 2_000;
const VULNERABILITIES = 500;
const WHOLE_HOSTS = 200;

/** What a host carried before and carries now that no exception is about. */
export interface CarriedOnHost {
  hostId: number;
  before: ReadonlySet<number>;
  after: ReadonlySet<number>;
}

/**
 * Opens and closes due dates along with the inventory, in its transaction: the hosts are locked. One statement tells that nothing urgent
 * moved, which is so for most.
 */
export async function settleChanged(
  tx: Tx,
  hosts: CarriedOnHost[],
  when: { at: Date; isRemoval?: boolean },
): Promise<void> {
  const pairs = hosts.flatMap(({ hostId, before, after }) =>
    [...[...before].filter((id) => !after.has(id)), ...[...after].filter((id) => !before.has(id))].map(
      (vulnerabilityId) => ({ hostId, vulnerabilityId }),
    ),
  );
  if (pairs.length === 0) return;
  const urgent = await settling.findUrgent(tx, new Set(pairs.map((pair) => pair.vulnerabilityId)));
  const concerned = pairs.filter((pair) => urgent.has(pair.vulnerabilityId));
  if (concerned.length > 0) await settling.settlePairs(tx, concerned, when);
}

/** Settles what publications, feeds, tables and exposure moved, some hosts at a time; of several processes one does it. */
export async function settleWanted(ctx: Context): Promise<void> {
  await rateWanted(ctx);
  const isAny = (await wanted.readWanted(ctx.db, 1)) ?? (await wanted.readWantedHosts(ctx.db, 1))[0];
  if (isAny === undefined) return;
  await inTurn(ctx, 'due dates', async () => {
    for (let some = await wanted.readWanted(ctx.db, VULNERABILITIES); some; ) {
      await settleEverywhere(ctx, some.ids);
      await wanted.endWanted(ctx.db, some);
      some = await wanted.readWanted(ctx.db, VULNERABILITIES);
    }
    for (let some = await wanted.readWantedHosts(ctx.db, WHOLE_HOSTS); some.length > 0; ) {
      await inTransaction(ctx, (tx) => settleWhole(ctx, tx, some));
      some = await wanted.readWantedHosts(ctx.db, WHOLE_HOSTS);
    }
  });
}

async function settleEverywhere(ctx: Context, vulnerabilityIds: number[]): Promise<void> {
  // Inventory that began before the vulnerabilities were rated is over then, so that its hosts are found.
  await inTransaction(ctx, (tx) => closeFence(tx));
  const hosts = await settling.findConcerned(ctx.db, vulnerabilityIds);
  for (let first = 0; first < hosts.length; first += HOSTS) {
    const hostIds = hosts.slice(first, first + HOSTS);
    await inTransaction(ctx, async (tx) => {
      await lockHosts(tx, hostIds);
      await settling.settleVulnerabilities(tx, { vulnerabilityIds, hostIds, at: ctx.clock() });
    });
  }
}

async function settleWhole(ctx: Context, tx: Tx, hostIds: number[]): Promise<void> {
  await lockHosts(tx, hostIds);
  await wanted.takeWantedHosts(tx, hostIds);
  await settling.settleHosts(tx, hostIds, ctx.clock());
}

/** Hosts in another fleet, which are locked: another table, exposure or exception may hold there. */
export async function settleMoved(tx: Tx, { moves }: EventMap['softwareMoved'], at: Date): Promise<void> {
  if (await rules.isOneForAll(tx)) return;
  await settling.settleHosts(
    tx,
    moves.map((move) => move.hostId),
    at,
  );
}
