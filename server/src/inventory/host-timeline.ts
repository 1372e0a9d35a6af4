import type { hostTimeline, TimelineEvent } from '@flotilla/contract/host-software';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readHost } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { countChanges, differ } from './comparison/pair-changes.ts';
import { type IntervalRow, readChanges } from './queries/on-host.ts';
import * as timeline from './queries/timeline.ts';

const PAGE = 50;
/** What of one event is listed; the counts cover all. */
const LISTED = 50;

/** What happened on the host, newest first: software, what was found in it, tasks, and answers to policies. */
export async function readTimeline(
  ctx: Context,
  hostId: number,
  query: QueryOf<typeof hostTimeline>,
): Promise<ResponseOf<typeof hostTimeline>> {
  const host = await readHost(ctx, hostId);
  const limit = query.per_page ?? PAGE;
  const before = query.before ? new Date(query.before) : new Date(ctx.clock().getTime() + 1);
  const times = await timeline.readEventTimes(ctx.db, hostId, { before, limit });
  const [newest, oldest] = [times[0], times.at(-1)];
  const happened = newest && oldest ? await readSpan(ctx, hostId, { from: oldest, until: newest }) : null;
  const events = happened ? times.flatMap((at) => eventsAt(at, happened)) : [];
  const isLast = times.length < limit;
  if (isLast && host.createdAt < before) events.push({ ...nothing(host.createdAt), kind: 'enrolled' });
  return { events, next_before: isLast ? null : (oldest?.toISOString() ?? null) };
}

/** Everything of a span, to be told apart by its moments. */
interface Happened {
  software: IntervalRow[];
  found: timeline.FoundChange[];
  tasks: timeline.TaskChange[];
  policies: timeline.PolicyChange[];
}

async function readSpan(ctx: Context, hostId: number, span: timeline.Span): Promise<Happened> {
  const [software, found, tasks, policies] = await Promise.all([
    readChanges(ctx.db, hostId, span),
    timeline.readFoundChanges(ctx.db, hostId, span),
    timeline.readTaskChanges(ctx.db, hostId, span),
    timeline.readPolicyChanges(ctx.db, hostId, span),
  ]);
  return { software, found, tasks, policies };
}

const nothing = (at: Date): Omit<TimelineEvent, 'kind'> => ({
  at: at.toISOString(),
  added_count: 0,
  removed_count: 0,
  updated_count: 0,
  changes: [],
  findings: { opened: [], closed: [], opened_count: 0, closed_count: 0 },
  task: null,
  policy: null,
});

/** The last of a moment first: results of what came before them. */
function eventsAt(at: Date, { software, found, tasks, policies }: Happened): TimelineEvent[] {
  const then = <T extends { at: Date }>(rows: T[]) => rows.filter((row) => row.at.getTime() === at.getTime());
  return [
    ...then(policies).map((row) => policyEvent(row)),
    ...then(tasks)
      .toReversed()
      .map((row) => taskEvent(row)),
    ...findingsEvent(at, then(found)),
    ...softwareEvent(at, software),
  ];
}

const policyEvent = ({ at, policy_id: id, policy_name: name, passes }: timeline.PolicyChange): TimelineEvent => ({
  ...nothing(at),
  kind: 'policy',
  policy: { id, name, response: passes === null ? '' : passes ? 'pass' : 'fail' },
});

const taskEvent = ({ at, to_state: to, ...task }: timeline.TaskChange): TimelineEvent => ({
  ...nothing(at),
  kind: 'task',
  task: { ...task, to },
});

/** What left with one version and came with the next was there all along. */
function findingsEvent(at: Date, rows: timeline.FoundChange[]): TimelineEvent[] {
  const changes = [...Map.groupBy(rows, (row) => row.name).values()].filter((ofName) => ofName.length === 1).flat();
  const opened = changes.filter((row) => row.isOpened).map((row) => row.name);
  const closed = changes.filter((row) => !row.isOpened).map((row) => row.name);
  if (opened.length + closed.length === 0) return [];
  const findings = {
    opened: opened.slice(0, LISTED),
    closed: closed.slice(0, LISTED),
    opened_count: opened.length,
    closed_count: closed.length,
  };
  return [{ ...nothing(at), kind: 'findings_changed', findings }];
}

/** @returns nothing when what left and what came look the same, as after an upgrade of the distribution */
function softwareEvent(at: Date, rows: IntervalRow[]): TimelineEvent[] {
  const time = at.getTime();
  const changes = differ(
    rows.filter((row) => row.since.getTime() === time),
    rows.filter((row) => row.gone?.getTime() === time),
  );
  if (changes.length === 0) return [];
  const counts = countChanges(changes);
  return [{ ...nothing(at), kind: 'software_changed', ...counts, changes: changes.slice(0, LISTED) }];
}
