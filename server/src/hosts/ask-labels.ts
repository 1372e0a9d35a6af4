import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import type { AskedHost, HostAnswers, HostQuery, Platform } from '../kernel/host-queries.ts';
import { lockHosts } from './queries/details.ts';
import * as queries from './queries/label-answers.ts';

/** What this process remembers of labels and of when hosts answered to them. */
export interface LabelAsking {
  /** What the host is to answer about labels now. A host that owes nothing costs no statement. */
  due(ctx: Context, host: AskedHost): Promise<HostQuery[]>;
  /** Takes what it answers; resolves when it is durable. */
  take(ctx: Context, answers: HostAnswers): Promise<void>;
  /** What is remembered of these hosts is not so any more. */
  forget(hostIds: number[]): void;
}

interface Run {
  revision: number;
  at: number;
  /** The newest revision among those that were sent last. */
  sent: number;
}

const FRESH_FOR = 2_000;
const MOST_REMEMBERED = 200_000;
/** Hosts are asked up to a tenth of the interval earlier or later, each always by the same share. */
const JITTER = 0.1;
const ALL: Platform[] = ['linux', 'darwin', 'windows', 'chrome'];

export function createLabelAsking(): LabelAsking {
  const runs = new Map<number, Run>();
  const readLabels = rememberLabels();
  const findRun = async (ctx: Context, hostId: number): Promise<Run> => {
    const known = runs.get(hostId);
    if (known) return known;
    const stored = await queries.readRun(ctx.db, hostId);
    const run = { revision: stored?.revision ?? 0, at: stored?.at.getTime() ?? 0, sent: 0 };
    runs.set(hostId, run);
    if (runs.size > MOST_REMEMBERED) runs.delete(runs.keys().next().value ?? hostId);
    return run;
  };
  return {
    async due(ctx, host) {
      const labels = (await readLabels(ctx)).filter((label) => isFor(label, host));
      if (labels.length === 0) return [];
      const run = await findRun(ctx, host.hostId);
      const newest = Math.max(...labels.map((label) => label.revision));
      if (!host.isRefetch && run.revision >= newest && !isTime(ctx, host.hostId, run)) return [];
      run.sent = newest;
      return labels.map((label) => ({
        name: `fleet_label_query_${label.id}_r${label.revision}`,
        platforms: ALL,
        sql: label.query,
        weight: 'light' as const,
      }));
    },
    async take(ctx, answers) {
      const given = readGiven(answers);
      if (given.length === 0) return;
      const sent = runs.get(answers.hostId)?.sent ?? Math.max(...given.map((one) => one.revision));
      const run = await write(ctx, answers, { given, sent });
      if (run) runs.set(answers.hostId, { ...run, sent });
    },
    forget(hostIds) {
      for (const id of hostIds) runs.delete(id);
    },
  };
}

/** Labels by query, at most two seconds old. */
function rememberLabels(): (ctx: Context) => Promise<queries.AskedLabel[]> {
  let known: Promise<queries.AskedLabel[]> = Promise.resolve([]);
  let freshUntil = Number.NEGATIVE_INFINITY;
  return (ctx) => {
    const now = ctx.clock().getTime();
    if (now < freshUntil) return known;
    freshUntil = now + FRESH_FOR;
    known = queries.readAsked(ctx.db);
    known.catch(() => {
      freshUntil = Number.NEGATIVE_INFINITY;
    });
    return known;
  };
}

/** As far as it is known without the database; the answer is held to the distribution. */
function isFor({ fleetId, platform }: queries.AskedLabel, host: AskedHost): boolean {
  if (fleetId !== null && fleetId !== (host.fleetId ?? 0)) return false;
  const known: string[] = ALL;
  return (
    platform === '' || platform.split(',').some((name) => (known.includes(name) ? name : 'linux') === host.platform)
  );
}

function isTime(ctx: Context, hostId: number, run: Run): boolean {
  const share = (Math.imul(hostId, 2_654_435_761) >>> 0) / 2 ** 32;
  return ctx.clock().getTime() >= run.at + ctx.config.inventoryIntervalSeconds * 1000 * (1 + JITTER * (2 * share - 1));
}

interface Given {
  labelId: number;
  revision: number;
  /** Null: the host could not tell. */
  isMember: boolean | null;
}

function readGiven({ answers }: HostAnswers): Given[] {
  return [...answers].flatMap(([name, answer]) => {
    const [, id, revision] = /^fleet_label_query_(\d{1,9})_r(\d{1,9})$/.exec(name) ?? [];
    if (id === undefined) return [];
    const isMember = 'error' in answer ? null : answer.rows.length > 0;
    return [{ labelId: Number(id), revision: Number(revision), isMember }];
  });
}

/** Writes what differs. Answers to an earlier question of a label, and of an earlier inventory, change nothing. */
async function write(
  ctx: Context,
  { hostId, asked, receivedAt }: HostAnswers,
  { given, sent }: { given: Given[]; sent: number },
): Promise<Omit<Run, 'sent'> | null> {
  const { run, isMoved } = await inTransaction(ctx, async (tx) => {
    const [host] = await lockHosts(tx, [hostId]);
    const last = await queries.readRun(tx, hostId);
    if (!host || (last && last.asked > asked)) return { run: null, isMoved: false };
    const known = given.filter((one) => one.isMember !== null);
    const isMoved = await queries.writeAnswers(tx, {
      hostId,
      labelIds: known.map((one) => one.labelId),
      revisions: known.map((one) => one.revision),
      members: known.map((one) => one.isMember === true),
      at: receivedAt,
    });
    const revision = Math.max(sent, last?.revision ?? 0);
    await queries.writeRun(tx, { hostId, revision, asked, at: receivedAt });
    return { run: { revision, at: receivedAt.getTime() }, isMoved };
  });
  if (isMoved) await ctx.events.afterCommit(ctx, { name: 'labelMembersChanged', payload: { hostIds: [hostId] } });
  return run;
}
