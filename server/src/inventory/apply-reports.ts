import { type LockedHost, lockHosts, requestInventory } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { collectDeltas } from '../kernel/counters/deltas.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import type { Catalogue } from './catalogue.ts';
import { type HostVersions, sumChanges } from './comparison/sum-changes.ts';
import type { HostChange } from './events.ts';
import { appendChanges } from './queries/comparison.ts';
import * as rows from './queries/host-software.ts';
import { readMerged } from './queries/merge.ts';
import * as parts from './queries/parts.ts';
import type { WholePart } from './record-software.ts';
import { type Resolved, resolveReports } from './resolve-reports.ts';
import type { SoftwareRef } from './software-cache.ts';
import { allParts } from './sources.ts';

/** A sudden large shrink is more often a package manager in mid-upgrade than a mass removal. */
const HELD_ROWS = 20;
const HELD_SHARE = 0.5;

/**
 * Writes parts that differ from what is stored: one transaction for all hosts of the batch.
 * @returns `stale`: reports whose host got another context meanwhile, to be recorded anew; `refused`: parts not believed yet
 */
export async function applyReports(
  ctx: Context,
  catalogue: Catalogue,
  { reports, states }: { reports: WholePart[]; states: Map<number, parts.HostState> },
): Promise<{ stale: WholePart[]; refused: { hostId: number; part: string }[] }> {
  const resolved = await resolveReports(ctx, catalogue, { reports, states });
  const { changes, held, stale } = await inTransaction(ctx, (tx) =>
    writeBatch(ctx, tx, { catalogue, reports: resolved }),
  );
  if (changes.length > 0) {
    await ctx.events.afterCommit(ctx, { name: 'hostInventoryChanged', payload: { changes, at: ctx.clock() } });
  }
  for (const hostId of new Set(held.map((part) => part.hostId))) await requestInventory(ctx, hostId);
  const accepted = new Set(resolved.map(nameOf));
  return { stale, refused: [...held, ...reports.filter((report) => !accepted.has(nameOf(report)))] };
}

const nameOf = ({ hostId, part }: WholePart) => parts.partName(hostId, part);

interface Batch {
  catalogue: Catalogue;
  reports: Resolved[];
}

interface Written {
  changes: HostChange[];
  held: parts.FailedPart[];
  stale: WholePart[];
}

async function writeBatch(ctx: Context, tx: Tx, { catalogue, reports }: Batch): Promise<Written> {
  await rows.passFence(tx);
  const hosts = await lockHosts(tx, [...new Set(reports.map((report) => report.hostId))]);
  const hostIds = hosts.map((host) => host.id);
  const stored = Map.groupBy(await parts.readParts(tx, hostIds), (part) => part.host_id);
  const current = await rows.readHostSoftware(tx, hostIds);
  const refs = await catalogue.read(
    tx,
    [...current.values()].flatMap((ids) => [...ids]),
  );
  const plans = hosts.map((host) =>
    planHost(host, {
      reports: reports.filter((report) => report.hostId === host.id && report.contextId === host.contextId),
      stored: new Map((stored.get(host.id) ?? []).map((part) => [part.part, part])),
      current: [...(current.get(host.id) ?? [])].flatMap((id) => refs.get(id) ?? []),
    }),
  );
  await write(tx, plans);
  const contexts = new Map(hosts.map((host) => [host.id, host.contextId]));
  const stale = reports.filter(
    (report) => contexts.has(report.hostId) && contexts.get(report.hostId) !== report.contextId,
  );
  const changes = plans.filter((plan) => plan.opened.length + plan.closed.length > 0).map((plan) => plan.change);
  if (changes.length > 0) {
    await ctx.events.inTransaction(tx, ctx, { name: 'hostInventoryChanged', payload: { changes, at: ctx.clock() } });
  }
  return {
    changes,
    stale,
    held: plans.flatMap((plan) => plan.held),
  };
}

interface HostNow {
  reports: Resolved[];
  stored: Map<string, parts.StoredPart>;
  current: SoftwareRef[];
}

/** Everything that one host's reports change. */
interface HostPlan {
  change: HostChange;
  replaced: Resolved[];
  held: parts.FailedPart[];
  opened: rows.Pair[];
  closed: (rows.Pair & { lastSeen: Date | null })[];
  before: SoftwareRef[];
  after: SoftwareRef[];
  isComplete: boolean;
  staleDetail: Resolved[];
}

function planHost(host: LockedHost, { reports, stored, current }: HostNow): HostPlan {
  const replaced: Resolved[] = [];
  const held: parts.FailedPart[] = [];
  const after = new Map(current.map((ref) => [ref.id, ref]));
  const opened: rows.Pair[] = [];
  const closed: HostPlan['closed'] = [];
  for (const report of reports) {
    const before = stored.get(report.part);
    if (before && before.asked > report.asked) continue;
    const had = current.filter((ref) => ref.part === report.part);
    const hold = whyHeld(report, had.length, before);
    if (hold) {
      held.push({ hostId: host.id, part: report.part, asked: report.asked, error: hold, held: true });
      continue;
    }
    replaced.push(report);
    const now = new Map(report.refs.map((ref) => [ref.id, ref]));
    const at = report.receivedAt;
    for (const ref of had) {
      if (now.has(ref.id)) continue;
      after.delete(ref.id);
      closed.push({ hostId: host.id, softwareId: ref.id, at, lastSeen: before?.ok_at ?? null });
    }
    for (const ref of now.values()) {
      if (after.has(ref.id)) continue;
      after.set(ref.id, ref);
      opened.push({ hostId: host.id, softwareId: ref.id, at });
    }
  }
  const whole = new Set([...stored.values()].filter((part) => part.ok_at).map((part) => part.part));
  for (const report of replaced) whole.add(report.part);
  return {
    change: {
      hostId: host.id,
      fleetId: host.fleetId,
      before: new Set(current.map((ref) => ref.id)),
      after: new Set(after.keys()),
    },
    replaced,
    held,
    opened,
    closed,
    before: current,
    after: [...after.values()],
    isComplete: allParts(host.platform).every((part) => whole.has(part)),
    staleDetail: replaced.filter((report) => stored.get(report.part)?.detail_hash !== report.detailHash),
  };
}

/** A second answer, asked after the first, settles it. */
function whyHeld(report: Resolved, had: number, stored: parts.StoredPart | undefined): string | null {
  const lost = had - report.refs.length;
  if (lost <= HELD_ROWS || lost <= had * HELD_SHARE) return null;
  if (stored?.held_asked != null && report.asked > stored.held_asked) return null;
  return `${had} became ${report.refs.length}: waiting for a second answer`;
}

async function write(tx: Tx, plans: HostPlan[]): Promise<void> {
  const all = <T>(pick: (plan: HostPlan) => T[]) => plans.flatMap(pick);
  const closed = all((plan) => plan.closed);
  if (closed.length > 0) await rows.closeIntervals(tx, closed);
  const opened = all((plan) => plan.opened);
  if (opened.length > 0) await rows.openIntervals(tx, opened);
  const replaced = all((plan) => plan.replaced);
  if (replaced.length > 0) {
    await parts.upsertParts(
      tx,
      replaced.map((report) => ({ ...report, softwareCount: report.refs.length })),
    );
  }
  const held = all((plan) => plan.held);
  if (held.length > 0) await parts.noteFailedParts(tx, held);
  const detail = all((plan) => plan.staleDetail).map((report) => ({
    hostId: report.hostId,
    part: report.part,
    body: pathsById(report),
  }));
  if (detail.length > 0) await parts.writeRows(tx, detail);
  const progress = plans.filter((plan) => plan.replaced.length > 0).map(toProgress);
  if (progress.length > 0) await parts.noteProgress(tx, progress);
  await count(tx, plans);
}

function pathsById(report: Resolved): Record<number, string[]> {
  const body: Record<number, string[]> = {};
  const packed = [...report.software.keys()];
  report.refs.forEach((ref, index) => {
    const paths = report.paths.get(packed[index] ?? '');
    if (paths) body[ref.id] = paths;
  });
  return body;
}

function toProgress(plan: HostPlan): parts.HostProgress {
  const at = plan.replaced[0]?.receivedAt ?? new Date(0);
  return {
    hostId: plan.change.hostId,
    softwareUpdatedAt: plan.opened.length + plan.closed.length > 0 ? at : null,
    isComplete: plan.isComplete,
    novel: plan.replaced.reduce((sum, report) => sum + report.novel, 0),
    at,
  };
}

/** Hosts are counted once a title and once a version, however many software of theirs are of it. */
async function count(tx: Tx, plans: HostPlan[]): Promise<void> {
  const changed = plans.filter((plan) => plan.opened.length + plan.closed.length > 0);
  if (changed.length === 0) return;
  const merged = await readMerged(tx);
  const titles = (refs: SoftwareRef[]) => new Set(refs.map(({ titleId }) => merged.get(titleId) ?? titleId));
  const versions = (refs: SoftwareRef[]) => new Set(refs.map(({ versionId }) => versionId));
  const deltas = collectDeltas();
  const changes: HostVersions[] = [];
  for (const { change, before, after, replaced } of changed) {
    const own = { before: versions(before), after: versions(after) };
    deltas.add('title', change.fleetId, { before: titles(before), after: titles(after) });
    deltas.add('version', change.fleetId, own);
    changes.push({ ...own, fleetId: change.fleetId, at: replaced[0]?.receivedAt ?? new Date(0) });
  }
  await rows.appendDeltas(tx, deltas.rows('inventory'));
  await appendChanges(tx, sumChanges(changes));
}
