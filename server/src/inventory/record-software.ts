import type { Context } from '../kernel/context.ts';
import type { HostAnswers } from '../kernel/host-queries.ts';
import { type MicroBatch, microBatch } from '../kernel/micro-batch.ts';
import { applyReports } from './apply-reports.ts';
import type { Catalogue } from './catalogue.ts';
import { hashDetail, hashPart } from './identity.ts';
import { type PartReport, readParts } from './part-reports.ts';
import * as queries from './queries/parts.ts';

/** A whole answer about a part, with its hashes: what is compared and, when it differs, stored. */
export interface WholePart extends PartReport {
  software: NonNullable<PartReport['software']>;
  contextId: number;
  hash: string;
  detailHash: string;
}

export interface SoftwareRecorder {
  /** Resolves when the answers are durable. */
  record(ctx: Context, answers: HostAnswers): Promise<void>;
}

/** Hosts that report at about the same time share their statements. */
export function createSoftwareRecorder(system: Context, catalogue: Catalogue): SoftwareRecorder {
  const batch: MicroBatch<PartReport[]> = microBatch((items) => recordReports(system, catalogue, items.flat()), {
    size: 20,
    waitMilliseconds: 50,
    atOnce: 3,
  });
  return {
    async record(_ctx, answers) {
      const reports = readParts(answers);
      if (reports.length > 0) await batch.add(reports);
    },
  };
}

/** Compares each part with what is stored and writes only differences; a part that failed changes nothing but its error. */
export async function recordReports(ctx: Context, catalogue: Catalogue, all: PartReport[]): Promise<void> {
  const reports = newestOfEach(all);
  const hostIds = [...new Set(reports.map((report) => report.hostId))];
  const [states, stored] = await Promise.all([
    queries.readHostStates(ctx.db, hostIds),
    queries.readParts(ctx.db, hostIds),
  ]);
  const storedByName = new Map(stored.map((part) => [queries.partName(part.host_id, part.part), part]));
  const failed = reports.filter((report) => report.software === null && states.has(report.hostId));
  const whole = reports.flatMap((report) => {
    const contextId = states.get(report.hostId)?.contextId;
    return contextId === undefined || report.software === null ? [] : [withHashes(report, report.software, contextId)];
  });
  if (failed.length > 0) await noteFailures(ctx, failed);
  const changed = await touchUnchanged(ctx, whole, storedByName);
  const notTaken = new Set<string>();
  if (changed.length > 0) {
    const { stale, refused } = await applyReports(ctx, catalogue, { reports: changed, states });
    if (stale.length > 0) await recordReports(ctx, catalogue, stale);
    for (const { hostId, part } of [...stale, ...refused]) notTaken.add(queries.partName(hostId, part));
  }
  const received = whole
    .filter(({ hostId, part }) => !notTaken.has(queries.partName(hostId, part)))
    .map(({ hostId, part, asked }) => ({ hostId, part, asked }));
  if (received.length > 0) await ctx.events.afterCommit(ctx, { name: 'inventoryReceived', payload: { received } });
}

/** A host that reports a part twice within a batch is taken at its newest word. */
function newestOfEach(reports: PartReport[]): PartReport[] {
  const newest = new Map<string, PartReport>();
  for (const report of reports) {
    const name = queries.partName(report.hostId, report.part);
    const known = newest.get(name);
    if (!known || report.asked >= known.asked) newest.set(name, report);
  }
  return [...newest.values()];
}

function withHashes(report: PartReport, software: WholePart['software'], contextId: number): WholePart {
  const paths = [...report.paths].flatMap(([packed, list]) => list.map((path) => `${packed} ${path}`));
  return { ...report, software, contextId, hash: hashPart(software.keys(), contextId), detailHash: hashDetail(paths) };
}

async function noteFailures(ctx: Context, failed: PartReport[]): Promise<void> {
  await queries.noteFailedParts(
    ctx.db,
    failed.map(({ hostId, part, asked, error }) => ({ hostId, part, asked, error: error ?? '', held: false })),
  );
}

/** @returns the reports that say something new */
async function touchUnchanged(
  ctx: Context,
  whole: WholePart[],
  stored: Map<string, queries.StoredPart>,
): Promise<WholePart[]> {
  const same = whole.filter((report) => {
    const part = stored.get(queries.partName(report.hostId, report.part));
    return (
      part !== undefined &&
      part.hash === report.hash &&
      part.detail_hash === report.detailHash &&
      JSON.stringify(part.problems) === JSON.stringify(report.problems)
    );
  });
  if (same.length === 0) return whole;
  // A part that another process changed meanwhile is not touched, and goes the long way.
  const touched = await queries.touchParts(ctx.db, same);
  return whole.filter((report) => !same.includes(report) || !touched.has(queries.partName(report.hostId, report.part)));
}
