import { osqueryRoutes } from '@flotilla/contract/osquery';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { enrolHost, recordHostProblem, type SeenBuffer } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Row } from '../kernel/host-queries.ts';
import { recordServerProblem } from '../kernel/problems.ts';
import { UnreadableRows } from '../kernel/unread-rows.ts';
import { type AgentBody, type RefusedBody, readOsqueryBody } from './agent-body.ts';
import { dueQueries, type Questions, receiveAnswers } from './due-queries.ts';
import type { HostSession, HostSessions } from './host-sessions.ts';
import { osqueryConfig } from './osquery-config.ts';
import { readAnswers } from './read-answers.ts';

/**
 * osquery's TLS API. osquery looks at the body alone, whatever the status says:
 * - an object with `error` is tried again, so temporary failures answer one;
 * - anything else counts as success, so a body that will never be taken answers without `error`, or it would be sent for ever;
 * - `node_invalid` makes the host enrol again.
 * It opens a connection for each request and leaves it open, so each answer closes its own. Whoever says that he keeps his, as
 * proxies do, is let.
 */
export interface OsqueryApi extends Questions {
  seen: SeenBuffer;
  sessions: HostSessions;
}

type JsonObject = Record<string, unknown>;
type Reply = { status?: number; body: JsonObject };
type Exchange = { json: JsonObject; request: FastifyRequest; session: HostSession };

const PREFIXES = ['/api/osquery/', '/api/v1/osquery/'];
/** osquery polls every 5 seconds for this many seconds while there is more to ask. */
const ACCELERATE_SECONDS = 30;
const INVALID: Reply = { status: 401, body: { error: 'unknown node key: enrol again', node_invalid: true } };

export function addOsqueryApi(app: FastifyInstance, api: OsqueryApi): void {
  const { ctx, sessions } = api;
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', readOsqueryBody);
    scope.setErrorHandler((error, _request, reply) => answerTemporary(ctx, error, reply));
    const add = (route: { path: string }, handle: (body: JsonObject, request: FastifyRequest) => Promise<Reply>) => {
      for (const prefix of PREFIXES) {
        scope.post(prefix + route.path.slice('/api/osquery/'.length), { schema: { hide: true } }, (request, reply) =>
          answer(ctx, { request, reply, sessions }, handle),
        );
      }
    };
    const forHost =
      (handle: (exchange: Exchange) => Promise<Reply>) => async (json: JsonObject, request: FastifyRequest) => {
        const session = typeof json.node_key === 'string' ? await sessions.find('osquery', json.node_key) : null;
        if (!session) return INVALID;
        api.seen.note(session.hostId, request.ip);
        return handle({ json, request, session });
      };
    add(osqueryRoutes.enroll, (json, request) => enrol(ctx, json, request));
    add(
      osqueryRoutes.config,
      forHost(async ({ session }) => ({ body: await osqueryConfig(ctx, session) })),
    );
    add(
      osqueryRoutes.distributedRead,
      forHost(async ({ session }) => {
        const { queries, hasMore } = await dueQueries(api, { session, forAgent: false });
        return { body: { queries, ...(hasMore && { accelerate: ACCELERATE_SECONDS }) } };
      }),
    );
    add(
      osqueryRoutes.distributedWrite,
      forHost((exchange) => write(api, exchange)),
    );
    add(
      osqueryRoutes.log,
      forHost(async () => ({ body: {} })),
    );
  });
}

interface Attempt {
  request: FastifyRequest;
  reply: FastifyReply;
  sessions: HostSessions;
}

async function answer(
  ctx: Context,
  { request, reply, sessions }: Attempt,
  handle: (body: JsonObject, request: FastifyRequest) => Promise<Reply>,
): Promise<FastifyReply> {
  if (request.headers.connection?.toLowerCase() !== 'keep-alive') reply.header('connection', 'close');
  reply.type('application/json');
  try {
    const body = request.body as AgentBody | undefined;
    if (!body || 'refused' in body) {
      const refused = body?.refused ?? { status: 400, kind: 'not readable', detail: 'no body' };
      return await refuse(ctx, refused as RefusedBody, { request, reply, sessions });
    }
    const { status = 200, body: answered } = await handle(body.json, request);
    return reply.code(status).send(JSON.stringify(answered));
  } catch (error) {
    return answerTemporary(ctx, error, reply);
  }
}

function answerTemporary(ctx: Context, error: unknown, reply: FastifyReply): FastifyReply {
  ctx.log.error({ err: error, path: reply.request.routeOptions.url }, 'agent request failed');
  return reply.code(503).send(JSON.stringify({ error: 'temporarily unavailable: try again' }));
}

/** Notes the problem, on the host where the key is known, and answers so that osquery does not send the body again. */
async function refuse(
  ctx: Context,
  refused: RefusedBody,
  { request, reply, sessions }: Attempt,
): Promise<FastifyReply> {
  const key = /^NodeKey (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  await noteRefused(ctx, refused, key ? await sessions.find('osquery', key) : null);
  return reply.code(refused.status).send(JSON.stringify({ message: `refused: ${refused.detail}` }));
}

async function noteRefused(
  ctx: Context,
  { kind, detail }: Omit<RefusedBody, 'status'>,
  session: HostSession | null,
): Promise<void> {
  ctx.log.warn({ hostId: session?.hostId, kind, detail }, 'agent body refused');
  if (session) await recordHostProblem(ctx, session.hostId, { kind, detail });
  else await recordServerProblem(ctx, kind, detail);
}

async function write(api: OsqueryApi, { json, session }: Exchange): Promise<Reply> {
  const refuse = async (detail: string): Promise<Reply> => {
    await noteRefused(api.ctx, { kind: 'not readable', detail }, session);
    return { status: 400, body: { message: `refused: ${detail}` } };
  };
  const answers = readAnswers(json);
  if (typeof answers === 'string') return refuse(answers);
  try {
    await receiveAnswers(api, { session, answers });
  } catch (error) {
    if (error instanceof UnreadableRows) return refuse(error.message);
    throw error;
  }
  return { body: {} };
}

const LONGEST_IDENTIFIER = 255;

async function enrol(ctx: Context, json: JsonObject, request: FastifyRequest): Promise<Reply> {
  const { enroll_secret: secret, host_identifier: identifier, host_details: details } = json;
  const refusal = (error: string): Reply => ({ status: 401, body: { error, node_invalid: true } });
  if (typeof secret !== 'string') return refusal('enroll_secret is missing');
  if (typeof identifier !== 'string' || identifier.trim() === '' || identifier.length > LONGEST_IDENTIFIER) {
    return refusal(`host_identifier must be a text of 1 to ${LONGEST_IDENTIFIER} characters`);
  }
  const enrolled = await enrolHost(ctx, {
    kind: 'osquery',
    secret,
    identifier,
    address: request.ip,
    details: readDetails(details),
  });
  if ('nodeKey' in enrolled) return { body: { node_key: enrolled.nodeKey } };
  if (enrolled.status === 401) return refusal(enrolled.refused);
  return { status: enrolled.status, body: { error: enrolled.refused } };
}

function readDetails(details: unknown): Record<string, Row> {
  if (typeof details !== 'object' || details === null) return {};
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, row]) => {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
      return [[name, Object.fromEntries(Object.entries(row).map(([column, value]) => [column, String(value)]))]];
    }),
  );
}
