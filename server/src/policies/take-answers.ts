import { type LockedHost, lockHosts } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import type { Answer, HostAnswers } from '../kernel/host-queries.ts';
import type { HostRuns } from './host-runs.ts';
import { isAbout } from './policy.ts';
import * as asking from './queries/asking.ts';
import { passFence } from './queries/changes.ts';
import { type Answered, asRows, findOutside, type PolicyOnHost, writeResults } from './queries/results.ts';
import { readQueryName } from './query-name.ts';
import { startInstallations } from './start-installations.ts';

interface Given {
  id: number;
  revision: number;
  answer: Answer;
}

interface Taking {
  hostId: number;
  given: Given[];
  /** Null where the host was not asked, as no policy is about it. */
  asked: number | null;
  /** Which questions these are the answers to. */
  sent: number;
  at: Date;
}

/** Takes what a host answers to policies; resolves when it is durable. */
export async function takeAnswers(
  ctx: Context,
  runs: HostRuns,
  { hostId, asked, receivedAt: at, answers }: HostAnswers,
): Promise<void> {
  const given = [...answers].flatMap(([name, answer]) => {
    const policy = readQueryName(name);
    return policy ? [{ ...policy, answer }] : [];
  });
  if (given.length > 0) await take(ctx, runs, { hostId, given, asked, at, sent: runs.peek(hostId)?.sent ?? 0 });
}

/** A host that no policy is about any more loses what it answered before. */
export async function dropOutside(ctx: Context, runs: HostRuns, hostId: number): Promise<void> {
  const sent = runs.peek(hostId)?.sent ?? 0;
  await take(ctx, runs, { hostId, given: [], asked: null, at: ctx.clock(), sent });
}

async function take(ctx: Context, runs: HostRuns, taking: Taking): Promise<void> {
  const { hostId, at } = taking;
  const taken = await inTransaction(ctx, async (tx) => {
    await passFence(tx);
    const [host] = await lockHosts(tx, [hostId]);
    const last = await asking.readRun(tx, hostId);
    const asked = taking.asked ?? last?.asked ?? 0;
    if (!host || (last && last.asked > asked)) return null;
    const questions = Math.max(taking.sent, last?.questions ?? 0);
    const failing = await store(tx, host, taking);
    await asking.writeRun(tx, hostId, { questions, asked, at });
    return { questions, queued: await startInstallations(ctx, tx, failing) };
  });
  if (!taken) return;
  runs.note(hostId, { questions: taken.questions, at: at.getTime() });
  if (taken.queued.length > 0) ctx.nudges.send(taken.queued);
}

/** Answers to another question than the policy asks now are dropped, and so is what the host said of policies not about it. */
async function store(tx: Tx, host: LockedHost, { given, at }: Taking): Promise<PolicyOnHost[]> {
  const about = new Map(
    (await asking.readQuestions(tx)).filter((policy) => isAbout(policy, host)).map((policy) => [policy.id, policy]),
  );
  const answered = given
    .filter(({ id, revision }) => about.get(id)?.revision === revision)
    .map(({ id, answer }) => toAnswered(id, host.id, answer));
  await writeResults(tx, findOutside(host.id, [...about.keys()]), { at });
  return answered.length === 0 ? [] : writeResults(tx, asRows(answered), { at });
}

const MOST_ERROR = 1_000;

function toAnswered(policyId: number, hostId: number, answer: Answer): Answered {
  if ('error' in answer) {
    return {
      policyId,
      hostId,
      passes: null,
      why: '',
      error: answer.error.replaceAll('\0', '').slice(0, MOST_ERROR).toWellFormed(),
    };
  }
  const passes = answer.rows.length > 0;
  const why = passes ? 'the query returned rows' : 'the query returned no row';
  return { policyId, hostId, passes, why, error: null };
}
