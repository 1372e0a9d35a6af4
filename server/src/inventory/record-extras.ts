import type { Context } from '../kernel/context.ts';
import type { Answer, HostAnswers, Row } from '../kernel/host-queries.ts';
import type { Signature, Use, UseSource } from './extras.ts';
import { MOST_ROWS } from './part-reports.ts';
import { noteUses, writeSignatures } from './queries/extras.ts';
import { signatureSources, useSources } from './sources.ts';
import { cleanRow } from './understand-row.ts';

/**
 * Keeps what answers say about software besides that it is there: when it was used, and what vouches for it. Neither is in
 * the hash of a part, and an answer that failed leaves what is known.
 */
export async function recordExtras(ctx: Context, { hostId, platform, answers }: HostAnswers): Promise<void> {
  for (const source of useSources) {
    const answer = answers.get(source.name);
    if (!answer || !source.platforms.includes(platform)) continue;
    const uses = newestUses(toUses(answer, source), ctx.clock());
    if (uses.length > 0) await noteUses(ctx.db, hostId, { source: source.source, uses });
  }
  for (const source of signatureSources) {
    const answer = answers.get(source.name);
    if (!answer || 'error' in answer || !source.platforms.includes(platform)) continue;
    const body: Record<string, Partial<Signature>> = {};
    for (const row of rowsOf(answer)) {
      const read = source.toSignature(row);
      if (read) body[read.path] = read.signature;
    }
    await writeSignatures(ctx.db, hostId, { query: source.name, body });
  }
}

const toUses = (answer: Answer, source: UseSource): Use[] =>
  rowsOf(answer)
    .map((row) => source.toUse(row))
    .filter((use) => use !== null);

const rowsOf = (answer: Answer): Row[] =>
  'rows' in answer
    ? answer.rows
        .slice(0, MOST_ROWS)
        .map(cleanRow)
        .filter((row) => row !== null)
    : [];

/** The newest of each program. A host whose clock is ahead has opened nothing in the future. */
function newestUses(uses: Use[], now: Date): Use[] {
  const newest = new Map<string, Use>();
  for (const use of uses) {
    const key = JSON.stringify([use.name, use.version]);
    const known = newest.get(key);
    const openedAt = use.openedAt > now ? now : use.openedAt;
    if (!known || openedAt > known.openedAt) newest.set(key, { ...use, openedAt });
  }
  return [...newest.values()];
}
