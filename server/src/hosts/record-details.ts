import { contextOf } from '@flotilla/engine/distributions/context';
import { cleanText } from '../kernel/clean-text.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import type { HostAnswers, Row } from '../kernel/host-queries.ts';
import { microBatch } from '../kernel/micro-batch.ts';
import { detailQueries, type HostDetail } from './detail-queries.ts';
import { osText } from './host.ts';
import { type DetailRow, type HostColumns, mergeDetails, updateHosts } from './queries/details.ts';
import { resolveContext } from './queries/enrolment.ts';

export interface DetailRecorder {
  /** Keeps what a host said of itself; queries that failed or were not answered change nothing. Resolves when it is durable. */
  record(ctx: Context, answers: HostAnswers): Promise<void>;
}

interface HostSaid {
  hostId: number;
  detail: HostDetail;
  at: Date;
}

/** Hosts that report at about the same time share a statement. `system` is what batches run with. */
export function createDetailRecorder(system: Context): DetailRecorder {
  const contexts = new Map<string, number>();
  const batch = microBatch<HostSaid>(
    async (said) => {
      await writeDetails(system, contexts, said);
      return [];
    },
    { size: 100, waitMilliseconds: 10, atOnce: 1 },
  );
  return {
    async record(_ctx, { hostId, receivedAt, answers }) {
      let detail: HostDetail = {};
      let answered = false;
      for (const query of detailQueries) {
        const answer = answers.get(query.name);
        if (!answer || 'error' in answer) continue;
        answered = true;
        detail = { ...detail, ...query.read(answer.rows.map(cleanRow)) };
      }
      if (answered) await batch.add({ hostId, detail, at: receivedAt });
    },
  };
}

/** Statement by statement: the answers come again when one of them fails, and writing them twice changes nothing. */
async function writeDetails(ctx: Context, contexts: Map<string, number>, said: HostSaid[]): Promise<void> {
  const rows = new Map<number, DetailRow>();
  for (const { hostId, detail, at } of said) {
    const columns = toColumns(detail);
    if (detail.os) columns.context_id = await contextIdOf(ctx, contexts, detail);
    const before = rows.get(hostId);
    rows.set(hostId, {
      hostId,
      at,
      columns: { ...before?.columns, ...columns },
      detail: { ...before?.detail, ...detail },
    });
  }
  await updateHosts(ctx.db, [...rows.values()]);
  await mergeDetails(ctx.db, [...rows.values()]);
}

/** From memory where it was met before: a context never changes its id. */
async function contextIdOf(
  ctx: Context,
  contexts: Map<string, number>,
  { os = {}, hasUbuntuPro }: HostDetail,
): Promise<number> {
  const context = contextOf(os, { hasUbuntuPro: hasUbuntuPro ?? false });
  const name = JSON.stringify([context?.key, context?.derivedKey]);
  const id = contexts.get(name) ?? (await inTransaction(ctx, (tx) => resolveContext(tx, context)));
  contexts.set(name, id);
  return id;
}

function toColumns(detail: HostDetail): Partial<HostColumns> {
  const { system, os } = detail;
  return {
    ...(system?.hostname && {
      hostname: system.hostname,
      computer_name: system.computer_name ?? '',
      display_name: system.computer_name || system.hostname,
      serial: system.hardware_serial ?? '',
    }),
    ...(os && { platform: os.platform ?? '', os_version: osText(os) }),
    ...(detail.distributedIntervalSeconds && { distributed_interval_seconds: detail.distributedIntervalSeconds }),
    ...(detail.configRefreshSeconds && { config_refresh_seconds: detail.configRefreshSeconds }),
  };
}

const LONGEST = 4096;
const cleanRow = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cleanText(value).slice(0, LONGEST)]));
