import { createBackOff } from './back-off.ts';
import { openAnswerSpool } from './check-in/answer-spool.ts';
import { keepCheckingIn } from './check-in/keep-checking-in.ts';
import { createSequence } from './check-in/sequence.ts';
import type { EnrolmentFiles } from './enrolment.ts';
import { readHostUuid } from './host-uuid.ts';
import type { Log } from './log.ts';
import { createQueryRunner } from './osquery/query-runner.ts';
import { createCaBundle } from './server/ca-bundle.ts';
import { enrol } from './server/enrol.ts';
import { followStream } from './server/follow-stream.ts';
import { forgetNodeKey, readNodeKey } from './server/node-key.ts';
import { createServerLink } from './server/server-link.ts';
import { createStopGate } from './stop-gate.ts';
import { createTaskDesk } from './tasks/task-desk.ts';
import { createWake } from './wake.ts';

export interface Agent {
  folder: string;
  server: URL;
  files: EnrolmentFiles;
  /** The osquery to run queries with. */
  program: string;
  signal: AbortSignal;
  log: Log;
  progress: (text: string) => void;
}

/** A key that lasted this long was refused for a new reason. */
const GOOD_MS = 600_000;

/** Does what the server wants of this host, until the signal. */
export async function runAgent(agent: Agent): Promise<void> {
  const { folder, signal, log } = agent;
  const parts = createParts(agent);
  const { key, wake, gate, queries, desk, ca, link } = parts;
  const backOff = createBackOff();
  while (!signal.aborted) {
    key.value ??= await enrol({ ...agent, hostUuid: readHostUuid(folder), link, wake });
    if (key.value === null) break;
    const since = Date.now();
    const nodeKey = key.value;
    const leaving = new AbortController();
    const session = AbortSignal.any([signal, leaving.signal]);
    const onEvent = (name: string) => {
      if (name === 'stop') {
        gate.stop();
        desk.stop();
      }
      if (name === 'stop' || name === 'nudge') wake.call();
    };
    const stream = followStream({ link, nodeKey, signal: session, log, onEvent });
    await keepCheckingIn({ ...parts, nodeKey, signal, log });
    leaving.abort();
    await stream;
    if (signal.aborted) break;
    key.value = null;
    forgetNodeKey(folder);
    if (Date.now() - since > GOOD_MS) backOff.reset();
    await createWake().wait(backOff.next(), signal);
  }
  await Promise.all([queries.idle(), desk.idle(), ca.idle()]);
  link.close();
}

/** What lasts longer than a key. */
function createParts({ folder, server, files, program, signal, log }: Agent) {
  const key = { value: readNodeKey(folder) };
  const link = createServerLink({ server, caFile: files.caFile });
  const wake = createWake();
  const gate = createStopGate();
  const answers = openAnswerSpool({ folder, log });
  const queries = createQueryRunner({
    program,
    folder,
    signal,
    log,
    onAnswers(batch) {
      answers.add(batch);
      wake.call();
    },
  });
  const nodeKey = () => key.value ?? '';
  const ca = createCaBundle({ link, caFile: files.caFile, nodeKey, signal, log });
  const tools = { link, nodeKey, queries, gate, log };
  const desk = createTaskDesk({ folder, tools, wake, signal });
  return {
    key,
    link,
    wake,
    gate,
    answers,
    queries,
    desk,
    ca,
    nextSequence: createSequence(folder),
    reports: desk.reports,
    take(...[answer, said]: Parameters<typeof desk.take>) {
      desk.take(answer, said);
      ca.learn(answer.ca_sha256);
      queries.add(answer.queries);
    },
  };
}
