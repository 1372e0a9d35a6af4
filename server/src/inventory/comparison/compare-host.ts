import type { hostChanges } from '@flotilla/contract/comparison';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readHost } from '../../hosts/index.ts';
import type { Context } from '../../kernel/context.ts';
import { badRequest } from '../../kernel/errors.ts';
import { readSoftwareAt } from '../queries/on-host.ts';
import { countChanges, differ } from './pair-changes.ts';

/** How the software of a host at one moment differs from that at another: what came and went between leaves no trace. */
export async function compareHost(
  ctx: Context,
  hostId: number,
  query: QueryOf<typeof hostChanges>,
): Promise<ResponseOf<typeof hostChanges>> {
  await readHost(ctx, hostId);
  const from = new Date(query.from);
  const to = query.to === undefined ? ctx.clock() : new Date(query.to);
  if (from > to) throw badRequest('from', 'must not be after to');
  const [before, after] = await Promise.all([
    readSoftwareAt(ctx.db, hostId, { at: from }),
    readSoftwareAt(ctx.db, hostId, { at: to }),
  ]);
  const changes = differ(after, before);
  return { from: from.toISOString(), to: to.toISOString(), ...countChanges(changes), changes };
}
