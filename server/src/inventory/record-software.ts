import type { Context } from '../kernel/context.ts';
import type { HostAnswers } from '../kernel/host-queries.ts';
import { type MicroBatch, microBatch } from '../kernel/micro-batch.ts';
import { applyReports } from './apply-reports.ts';
import type { Catalogue } from './catalogue.ts';
import { hashDetail, hashPart, hashRaw } from './identity.ts';
import type { PartReport } from './part-reports.ts';
import * as queries from './queries/parts.ts';
import { type RawPart, readRawParts, understand } from './raw-parts.ts';

/** A whole answer about a part, with its hashes: what is compared and, when it differs, stored. */
export interface WholePart extends PartReport {
  software: NonNullable<PartReport['software']>;
  contextId: number;
  hash: string;
  detailHash: string;
  rawHash: string;
  raw: RawPart;
}

export interface SoftwareRecorder {
  /** Resolves when the answers are durable. */
  record(ctx: Context, answers: HostAnswers): Promise<void>;
}

/** Hosts that report at about the same time share their statements. */
export function createSoftwareRecorder(system: Context, catalogue: Catalogue): SoftwareRecorder {
  const batch: MicroBatch<RawPart[]> = microBatch(
    async (items) => {
      await recordParts(system, catalogue, items.flat());
      return [];
    },
    {
      size: 64,
      waitMilliseconds: 50,
      atOnce: 2,
    },
  );
  return {
    async record(_ctx, answers) {
      const parts = readRawParts(answers);
      if (parts.length > 0) await batch.add(parts);
    },
  };
}

/**
 * Compares each part with what is stored and writes only differences: first the answer as it came, so that one which says the
 * same once more is never read, then what it means. A part that failed changes nothing but its error.
 */
async function recordParts(ctx: Context, catalogue: Catalogue, all: RawPart[]): Promise<void> {
  const raw = newestOfEach(all);
  const hostIds = [...new Set(raw.map((one) => one.hostId))];
  const [states, stored] = await Promise.all([
    queries.readHostStates(ctx.db, hostIds),
    queries.readParts(ctx.db, hostIds),
  ]);
  const known = { states, stored: new Map(stored.map((part) => [queries.partName(part.host_id, part.part), part])) };
  const hashed = raw.flatMap((one) => {
    const contextId = states.get(one.hostId)?.contextId;
    return contextId === undefined ? [] : [{ ...one, contextId, rawHash: hashRaw(one.digest, of(ctx, contextId)) }];
  });
  const repeated = await touchRepeated(ctx, hashed, known.stored);
  const others = hashed.filter((one) => !repeated.has(nameOf(one)));
  const taken = others.length > 0 ? await recordNews(ctx, catalogue, { others, ...known }) : [];
  const received = [...hashed.filter((one) => repeated.has(nameOf(one))), ...taken].map(({ hostId, part, asked }) => ({
    hostId,
    part,
    asked,
  }));
  if (received.length > 0) await ctx.events.afterCommit(ctx, { name: 'inventoryReceived', payload: { received } });
}

const of = ({ config: { version } }: Context, contextId: number) => ({ version, contextId });

const nameOf = ({ hostId, part }: { hostId: number; part: string }) => queries.partName(hostId, part);

type HashedPart = RawPart & { contextId: number; rawHash: string };

interface News {
  others: HashedPart[];
  states: Map<number, queries.HostState>;
  stored: Map<string, queries.StoredPart>;
}

/** @returns the parts that were taken: neither failed nor held */
async function recordNews(
  ctx: Context,
  catalogue: Catalogue,
  { others, states, stored }: News,
): Promise<{ hostId: number; part: string; asked: number }[]> {
  const rawByName = new Map(others.map((one) => [nameOf(one), one]));
  const reports = understand(others);
  const failed = reports.filter((report) => report.software === null);
  const whole = reports.flatMap((report) => {
    const raw = rawByName.get(nameOf(report));
    return raw === undefined || report.software === null ? [] : [withHashes(report, report.software, raw)];
  });
  if (failed.length > 0) await noteFailures(ctx, failed);
  const changed = await touchUnchanged(ctx, whole, stored);
  const notTaken = new Set<string>();
  if (changed.length > 0) {
    const { stale, refused } = await applyReports(ctx, catalogue, { reports: changed, states });
    if (stale.length > 0)
      await recordParts(
        ctx,
        catalogue,
        stale.map(({ raw }) => raw),
      );
    for (const one of [...stale, ...refused]) notTaken.add(nameOf(one));
  }
  return whole.filter((report) => !notTaken.has(nameOf(report)));
}

/** A host that answers about a part twice within a batch is taken at its newest word. */
function newestOfEach(parts: RawPart[]): RawPart[] {
  const newest = new Map<string, RawPart>();
  for (const one of parts) {
    const known = newest.get(nameOf(one));
    if (!known || one.asked >= known.asked) newest.set(nameOf(one), one);
  }
  return [...newest.values()];
}

function withHashes(report: PartReport, software: WholePart['software'], raw: HashedPart): WholePart {
  const { contextId, rawHash } = raw;
  const paths = [...report.paths].flatMap(([packed, list]) => list.map((path) => `${packed} ${path}`));
  const hash = hashPart(software.keys(), contextId);
  return { ...report, software, contextId, hash, detailHash: hashDetail(paths), rawHash, raw };
}

async function noteFailures(ctx: Context, failed: PartReport[]): Promise<void> {
  await queries.noteFailedParts(
    ctx.db,
    failed.map(({ hostId, part, asked, error }) => ({ hostId, part, asked, error: error ?? '', held: false })),
  );
}

/** @returns the names of parts whose answer is the stored one */
async function touchRepeated(
  ctx: Context,
  hashed: HashedPart[],
  stored: Map<string, queries.StoredPart>,
): Promise<Set<string>> {
  const same = hashed.flatMap((one) => {
    const part = stored.get(nameOf(one));
    return part?.hash && part.raw_hash === one.rawHash ? [{ ...one, hash: part.hash }] : [];
  });
  return same.length === 0 ? new Set() : queries.touchParts(ctx.db, same);
}

/** @returns the reports that say something new */
async function touchUnchanged(
  ctx: Context,
  whole: WholePart[],
  stored: Map<string, queries.StoredPart>,
): Promise<WholePart[]> {
  const same = whole.filter((report) => {
    const part = stored.get(nameOf(report));
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
  return whole.filter((report) => !same.includes(report) || !touched.has(nameOf(report)));
}
