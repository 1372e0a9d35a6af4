import { cleanText } from '../kernel/clean-text.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import type { HostAnswers, Row } from '../kernel/host-queries.ts';
import { contextOf } from './context.ts';
import { detailQueries, type HostDetail } from './detail-queries.ts';
import { osText } from './host.ts';
import { type HostColumns, mergeDetail, updateHost } from './queries/details.ts';
import { resolveContext } from './queries/enrolment.ts';

/** Keeps what a host said of itself; queries that failed or were not answered change nothing. */
export async function recordDetails(ctx: Context, { hostId, receivedAt, answers }: HostAnswers): Promise<void> {
  let detail: HostDetail = {};
  let answered = false;
  for (const query of detailQueries) {
    const answer = answers.get(query.name);
    if (!answer || 'error' in answer) continue;
    answered = true;
    detail = { ...detail, ...query.read(answer.rows.map(cleanRow)) };
  }
  if (!answered) return;
  await inTransaction(ctx, async (tx) => {
    const columns = toColumns(detail);
    if (detail.os) columns.context_id = await resolveContext(tx, contextOf(detail.os));
    await updateHost(tx, hostId, columns);
    await mergeDetail(tx, hostId, { detail, at: receivedAt });
  });
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
