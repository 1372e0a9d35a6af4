import type { Context } from '../kernel/context.ts';
import { type HostState, noteFailedParts } from './queries/parts.ts';
import type { WholePart } from './record-software.ts';
import type { LookedUp } from './resolve-reports.ts';

/** No host that is not new brings so much software that nobody has: a single one must not fill the catalogue. */
const MOST_NOVEL_AN_HOUR = 2_000;
const HOUR = 3_600_000;

/**
 * Lets reports through unless their host, after its first whole inventory, brings too much never-seen software within an
 * hour; those are held, and noted on the part.
 */
export async function holdNovelty(
  ctx: Context,
  { found, states }: { found: LookedUp[]; states: Map<number, HostState> },
): Promise<(LookedUp & { novel: number })[]> {
  const accepted: (LookedUp & { novel: number })[] = [];
  const brought = new Map<number, number>();
  for (const one of found) {
    const { report } = one;
    const state = states.get(report.hostId);
    if (!state?.completeAt) {
      accepted.push({ ...one, novel: 0 });
      continue;
    }
    const novel = one.refs.reduce((sum, ref) => sum + (ref ? 0 : 1), 0);
    const before = brought.get(report.hostId) ?? novelThisHour(state, report.receivedAt);
    if (before + novel > MOST_NOVEL_AN_HOUR) await hold(ctx, report, novel);
    else {
      brought.set(report.hostId, before + novel);
      accepted.push({ ...one, novel });
    }
  }
  return accepted;
}

function novelThisHour(state: HostState, at: Date): number {
  const sameHour = state.novelHour && Math.floor(state.novelHour.getTime() / HOUR) === Math.floor(at.getTime() / HOUR);
  return sameHour ? state.novelCount : 0;
}

async function hold(ctx: Context, report: WholePart, novel: number): Promise<void> {
  const error = `${novel} software never seen before: more than ${MOST_NOVEL_AN_HOUR} an hour are not taken from one host`;
  ctx.log.warn({ hostId: report.hostId, part: report.part, novel }, 'inventory held');
  await noteFailedParts(ctx.db, [
    { hostId: report.hostId, part: report.part, asked: report.asked, error, held: false },
  ]);
}
