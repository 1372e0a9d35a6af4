import type { Context } from '../kernel/context.ts';
import type { Catalogue } from './catalogue.ts';
import { holdNovelty } from './hold-novelty.ts';
import type { HostState } from './queries/parts.ts';
import type { WholePart } from './record-software.ts';
import type { SoftwareRef, WantedSoftware } from './software-cache.ts';

/** A report with the software of the catalogue that it names, in the order of its own. */
export interface Resolved extends WholePart {
  refs: SoftwareRef[];
  /** How much of it nobody had before. */
  novel: number;
}

/** A report with as much of the catalogue as there is of it. */
export interface LookedUp {
  report: WholePart;
  wanted: WantedSoftware[];
  refs: (SoftwareRef | undefined)[];
}

/** Finds the software of reports, and makes what is missing of those that are let through: all of them together, in few statements. */
export async function resolveReports(
  ctx: Context,
  catalogue: Catalogue,
  { reports, states }: { reports: WholePart[]; states: Map<number, HostState> },
): Promise<Resolved[]> {
  const accepted = await holdNovelty(ctx, { found: await lookUp(ctx, catalogue, reports), states });
  const isMissing = accepted.flatMap(({ wanted, refs }) => wanted.filter((_one, index) => !refs[index]));
  const made = isMissing.length > 0 ? (await catalogue.make(ctx, isMissing)).values() : [].values();
  return accepted.map(({ report, refs, novel }) => ({
    ...report,
    novel,
    refs: refs.map((ref) => ref ?? (made.next().value as SoftwareRef)),
  }));
}

async function lookUp(ctx: Context, catalogue: Catalogue, reports: WholePart[]): Promise<LookedUp[]> {
  const wanted = reports.map(({ software, contextId }) =>
    [...software].map(([packed, one]): WantedSoftware => ({ packed, software: one, contextId })),
  );
  const refs = await catalogue.find(ctx.db, wanted.flat());
  let next = 0;
  return reports.map((report, index) => {
    const own = wanted[index] ?? [];
    const first = next;
    next += own.length;
    return { report, wanted: own, refs: refs.slice(first, next) };
  });
}
