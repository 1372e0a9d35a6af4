import { AGENT_PROTOCOL, agentRoutes, type CheckInAnswer, CheckInBody, type TaskRef } from '@flotilla/contract/agent';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { recordAgent, recordHostProblem, rekeyHost, type SeenBuffer } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import type { AgentBody } from './agent-body.ts';
import { readAgentBody } from './agent-body.ts';
import type { AgentStreams } from './agent-streams.ts';
import type { CaBundle } from './ca-bundle.ts';
import { dueQueries, type Questions, receiveAnswers } from './due-queries.ts';
import type { HostSession, HostSessions } from './host-sessions.ts';
import { forgetSent } from './inventory-round.ts';
import { readAnswers } from './read-answers.ts';
import { isTimeZone } from './time-zone.ts';

export interface AgentApi extends Questions {
  seen: SeenBuffer;
  sessions: HostSessions;
  streams: AgentStreams;
  ca: CaBundle;
}

/** Without its stream an agent asks as often as osquery does; with it, only in case the stream lies. */
const POLL_SECONDS = 10;
const STREAMING_POLL_SECONDS = 60;

/** How long hosts that found us overloaded leave us alone, each for some time longer. */
const RETRY_AFTER_SECONDS = 5;

/** Milliseconds a call may be on its way behind one that was made after it. */
const LATE_FOR = 30_000;

const checkInBody = Compile(CheckInBody);

/** What Flotilla's agent speaks. Failures are objects with `error`, and may be sent again unless the status is 400 or 413. */
export function addAgentApi(app: FastifyInstance, api: AgentApi): void {
  const hide = { schema: { hide: true } };
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', readAgentBody);
    scope.setErrorHandler((error, request, reply) => {
      api.ctx.log.error({ err: error, path: request.routeOptions.url }, 'agent request failed');
      return reply
        .code(503)
        .header('retry-after', RETRY_AFTER_SECONDS)
        .send({ error: 'temporarily unavailable: try again' });
    });
    scope.post(agentRoutes.checkIn.path, hide, (request, reply) => checkIn(api, request, reply));
    scope.get(agentRoutes.stream.path, hide, async (request, reply) => {
      const session = await sessionOf(api, request);
      if (!session) return refuseKey(reply);
      api.streams.open(session.hostId, reply);
    });
    scope.get(agentRoutes.ca.path, hide, async (request, reply) => {
      if (!(await sessionOf(api, request))) return refuseKey(reply);
      return reply.type('application/x-pem-file').send(api.ca.read().text);
    });
    scope.get(agentRoutes.package.path, hide, async (request, reply) => {
      const session = await sessionOf(api, request);
      if (!session) return refuseKey(reply);
      return sendPackage(api, { session, sha256: (request.params as { sha256: string }).sha256, reply });
    });
  });
}

const refuseKey = (reply: FastifyReply) =>
  reply.code(401).send({ error: 'unknown node key: enrol again', node_invalid: true });

async function sessionOf({ sessions, seen }: AgentApi, request: FastifyRequest): Promise<HostSession | null> {
  const key = /^NodeKey (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const session = key ? await sessions.find('agent', key) : null;
  if (session) seen.note(session.hostId, request.ip);
  return session;
}

async function checkIn(api: AgentApi, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const body = request.body as AgentBody | undefined;
  if (!body || 'refused' in body) {
    const { status = 400, detail = 'no body' } = body?.refused ?? {};
    return reply.code(status).send({ error: `refused: ${detail}` });
  }
  const { node_key: key } = body.json;
  const session = typeof key === 'string' ? await api.sessions.find('agent', key) : null;
  if (!session) return refuseKey(reply);
  api.seen.note(session.hostId, request.ip);
  const { json } = body;
  if (typeof json.protocol === 'number' && json.protocol !== AGENT_PROTOCOL) {
    return reply.code(400).send({ error: `protocol ${json.protocol} is not spoken here`, protocols: [AGENT_PROTOCOL] });
  }
  if (!checkInBody.Check(json)) {
    const problem = [...checkInBody.Errors(json)][0];
    const detail = `${problem?.instancePath || 'the body'} ${problem?.message ?? 'is not valid'}`;
    await recordHostProblem(api.ctx, session.hostId, { kind: 'not readable', detail });
    return reply.code(400).send({ error: `refused: ${detail}` });
  }
  if (isSetBack(session, json.sequence, api.ctx.clock().getTime())) {
    await rekeyHost(api.ctx, session.hostId, 'agent');
    return refuseKey(reply);
  }
  return reply.send(await answer(api, session, json));
}

/** Calls behind those of a copy before they are no longer taken to be on their way. */
const MOST_LATE = 3;
const LATE_WITHIN = 300_000;

/**
 * Whether the host counts lower than it did: after a pause it was set back to an earlier state, and side by side with who counts higher
 * it is a copy. An agent makes one call after the other, so that its late ones do not count up.
 */
function isSetBack(session: HostSession, sequence: number, now: number): boolean {
  if (sequence >= session.sequence) return false;
  if (now - session.sequenceAt >= LATE_FOR) return true;
  const { late } = session;
  const calls = now - late.at > LATE_WITHIN ? 0 : late.calls;
  session.late = { sequence, at: now, calls: calls + (sequence > late.sequence ? 1 : 0) };
  return session.late.calls >= MOST_LATE;
}

/** One call, which may come twice: everything in it says how things are, and nothing counts up. */
async function answer(api: AgentApi, session: HostSession, body: CheckInBody): Promise<CheckInAnswer> {
  const { ctx } = api;
  const result = emptyAnswer(api, session, body.sequence);
  const now = ctx.clock().getTime();
  // What a call says that was on its way for long is no longer so.
  if (body.sequence < session.sequence) return result;
  session.sequence = body.sequence;
  session.sequenceAt = now;
  await rememberAgent(ctx, session, body);
  if (body.answers) {
    const answers = readAnswers({ ...body.answers });
    if (typeof answers !== 'string') await receiveAnswers(api, { session, answers });
  }
  // After the answers, as an agent that starts may bring some that the one before it had kept.
  if (body.started && session.round) forgetSent(session.round);
  await exchangeTasks(api, session, { reports: body.tasks ?? [], result });
  const { queries, hasMore } = await dueQueries(api, { session, forAgent: true });
  return { ...result, queries, has_more: hasMore };
}

/** Writes down what an agent says of itself, when it says something new. */
async function rememberAgent(ctx: Context, session: HostSession, body: CheckInBody): Promise<void> {
  const timeZone = isTimeZone(body.time_zone) ? body.time_zone : undefined;
  const said = JSON.stringify([body.agent_version, timeZone]);
  if (session.agentSaid === said) return;
  await recordAgent(ctx, session.hostId, { version: body.agent_version, timeZone });
  session.agentSaid = said;
}

const emptyAnswer = ({ streams, ca }: AgentApi, session: HostSession, sequence: number): CheckInAnswer => ({
  protocol: AGENT_PROTOCOL,
  sequence,
  queries: {},
  has_more: false,
  offers: [],
  run: [],
  drop: [],
  settled: [],
  cancel: [],
  stopped: false,
  poll_seconds: streams.isOpen(session.hostId) ? STREAMING_POLL_SECONDS : POLL_SECONDS,
  ...(ca.read().text !== '' && { ca_sha256: ca.read().sha256 }),
});

async function exchangeTasks(
  { ctx, domains }: AgentApi,
  session: HostSession,
  { reports, result }: { reports: NonNullable<CheckInBody['tasks']>; result: CheckInAnswer },
): Promise<void> {
  if (reports.length === 0 && !session.mayHaveTasks) return;
  const idle: boolean[] = [];
  for (const { agentTasks } of domains) {
    if (!agentTasks) continue;
    if (reports.length > 0) {
      const { run, drop, settled } = await agentTasks.take(ctx, session.hostId, reports);
      result.run.push(...run);
      result.drop.push(...drop);
      result.settled.push(...settled);
    }
    const offered = await agentTasks.offer(ctx, session.hostId);
    const dropped = (ref: TaskRef) => result.drop.some((one) => one.id === ref.id && one.attempt === ref.attempt);
    result.offers.push(...offered.offers.filter((ref) => !dropped(ref)));
    result.cancel.push(...offered.cancel);
    result.stopped ||= offered.stopped;
    idle.push(offered.isIdle && !offered.stopped);
  }
  session.mayHaveTasks = !idle.every(Boolean);
}

async function sendPackage(
  { ctx, domains }: AgentApi,
  { session, sha256, reply }: { session: HostSession; sha256: string; reply: FastifyReply },
): Promise<FastifyReply> {
  for (const { agentTasks } of domains) {
    const file = await agentTasks?.openPackage(ctx, session.hostId, sha256);
    if (file) {
      reply.headers({ 'content-type': 'application/octet-stream', 'content-length': file.size });
      return reply.send(file.stream);
    }
  }
  return reply.code(404).send({ error: 'no task of this host that runs needs such a package' });
}
