import type { CheckInAnswer, TaskReport } from '@flotilla/contract/agent';
import { type BackOff, createBackOff } from '../back-off.ts';
import type { Log } from '../log.ts';
import { failed } from '../osquery/answer.ts';
import { releaseMemory } from '../release-memory.ts';
import { callJson } from '../server/call-json.ts';
import { explainFailure } from '../server/explain-failure.ts';
import type { ServerLink } from '../server/server-link.ts';
import type { StopGate } from '../stop-gate.ts';
import { createWake, type Wake } from '../wake.ts';
import type { AnswerSpool } from './answer-spool.ts';
import { bodyOf, type Call, CHECK_IN_PATH, PROTOCOL } from './call.ts';
import { readCheckInAnswer } from './read-check-in-answer.ts';
import { readTimeZone } from './time-zone.ts';

export interface CheckIns {
  link: ServerLink;
  nodeKey: string;
  nextSequence: () => number;
  answers: AnswerSpool;
  /** What there is to say of tasks at this moment. */
  reports: () => TaskReport[];
  /** Does what the server wants; what it announces is on the disk when it returns. */
  take: (answer: CheckInAnswer, reports: TaskReport[]) => void;
  gate: StopGate;
  wake: Wake;
  signal: AbortSignal;
  log: Log;
}

type Trouble = { trouble: string; retryAfterMs?: number | null };
type Outcome = { answer: CheckInAnswer } | Trouble | { refusedWith: number } | { keyRefused: true };

/** Pause when the server has more and gave nothing to answer. */
const SOON_MS = 1000;
/** Statuses of a body that is refused for good, whenever it is sent. */
const REFUSED = [400, 413, 422];

/**
 * Checks in again and again: one call at a time, and each until it is answered.
 * @returns `key refused` when the server does not know the key any more, else when the signal comes
 */
export async function keepCheckingIn(parts: CheckIns): Promise<'key refused' | 'stopped'> {
  const { wake, signal, log } = parts;
  const backOff = createBackOff();
  let call: Call | null = null;
  let isFirst = true;
  while (!signal.aborted) {
    call ??= makeCall(parts, isFirst);
    const outcome = await send(parts, call);
    if (signal.aborted) break;
    if ('keyRefused' in outcome) {
      log.warn('the server does not know the key of this host any more');
      return 'key refused';
    }
    if ('answer' in outcome) {
      const { answers, reports, mark } = call;
      call = null;
      isFirst = false;
      backOff.reset();
      parts.answers.remove(answers);
      parts.gate.learn(outcome.answer.stopped, mark);
      parts.take(outcome.answer, reports);
      if (answers.size > 0 && parts.answers.isEmpty()) releaseMemory();
      await wake.wait(pauseAfter(outcome.answer, parts), signal);
    } else {
      if ('refusedWith' in outcome) {
        giveUpAnswers(parts, call);
        call = null;
      }
      await pauseAfterTrouble(outcome, { parts, backOff });
    }
  }
  return 'stopped';
}

function makeCall({ nextSequence, gate, answers, reports }: CheckIns, isFirst: boolean): Call {
  return {
    sequence: nextSequence(),
    isFirst,
    mark: gate.mark(),
    answers: answers.next(),
    reports: reports(),
    timeZone: readTimeZone(),
  };
}

async function send({ link, nodeKey, signal }: CheckIns, call: Call): Promise<Outcome> {
  try {
    const body = bodyOf(call, nodeKey);
    const answered = await callJson(link, { method: 'POST', path: CHECK_IN_PATH, nodeKey, body, signal });
    const { status, json, retryAfterMs } = answered;
    if (json?.node_invalid === true) return { keyRefused: true };
    // A server that is older or newer by more than a release: nothing is wrong with what we say, only with how.
    if (Array.isArray(json?.protocols))
      return { trouble: `the server speaks protocols ${json.protocols}, not ${PROTOCOL}` };
    if (REFUSED.includes(status)) return { refusedWith: status };
    if (status !== 200) return { trouble: `the server answers with status ${status}`, retryAfterMs };
    const answer = json && readCheckInAnswer(json);
    if (!answer) return { trouble: 'the server answers something that is no answer to a check-in' };
    if (answer.sequence !== call.sequence) return { trouble: 'the server answers another call' };
    return { answer };
  } catch (error) {
    return { trouble: explainFailure(error) };
  }
}

/** Up to a tenth earlier or later, so that hosts that started together do not stay together. */
function pauseAfter(answer: CheckInAnswer, { answers }: CheckIns): number {
  if (!answers.isEmpty()) return 0;
  if (answer.has_more && Object.keys(answer.queries).length === 0) return SOON_MS;
  return answer.poll_seconds * 1000 * (0.9 + Math.random() / 5);
}

/** A body that is refused for good must not be sent for ever: its answers are replaced by why, and then left out. */
function giveUpAnswers({ answers }: CheckIns, call: Call): void {
  answers.remove(call.answers);
  const unsaid = [...call.answers].filter(([, { status }]) => status === 0);
  answers.add(unsaid.map(([name]) => [name, failed('the server refused the call with this answer')]));
}

async function pauseAfterTrouble(
  outcome: Trouble | { refusedWith: number },
  { parts: { log, wake, signal }, backOff }: { parts: CheckIns; backOff: BackOff },
): Promise<void> {
  const retryAfterMs = 'trouble' in outcome ? outcome.retryAfterMs : null;
  const pauseMs = backOff.next(retryAfterMs);
  const reason = 'trouble' in outcome ? outcome.trouble : `refused with status ${outcome.refusedWith}`;
  log.warn('could not check in', { reason, pauseSeconds: pauseMs / 1000 });
  // A server that asks for patience gets it, whatever happens here meanwhile.
  await (retryAfterMs ? createWake() : wake).wait(pauseMs, signal);
}
