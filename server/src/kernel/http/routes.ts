import type { Route } from '@flotilla/contract/route';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, permit, permitSome } from '../access.ts';
import type { Context } from '../context.ts';
import type { Domain } from '../domain.ts';
import { AppError, badRequest } from '../errors.ts';
import { authenticate, type FindPerson } from './authenticate.ts';
import type { Exchange, Handler, Input } from './handler.ts';

const CURRENT = '/api/v1/fleet/';
/** Older and newer programs use other prefixes for the same routes. */
const ALIASES = ['/api/latest/fleet/', '/api/2022-04/fleet/'];

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it. */
    actor: Actor;
  }
}

interface Options {
  ctx: Context;
  domains: Domain[];
  findPerson: FindPerson;
}

/** Registers every route of every domain, closed unless its contract says otherwise. */
export function addRoutes(app: FastifyInstance, options: Options): void {
  app.decorateRequest('actor');
  for (const domain of options.domains) {
    for (const handler of domain.routes ?? []) addRoute(app, options, { handler, tag: domain.name });
  }
}

function addRoute(
  app: FastifyInstance,
  options: Options,
  { handler, tag }: { handler: Handler<Route>; tag: string },
): void {
  const { route } = handler;
  const paths = [route.path];
  if (route.path.startsWith(CURRENT)) paths.push(...ALIASES.map((alias) => alias + route.path.slice(CURRENT.length)));
  for (const path of paths) {
    app.route({
      method: route.method,
      url: path,
      ...(route.bodyLimit && { bodyLimit: route.bodyLimit }),
      schema: { ...schemaOf(route), tags: [tag], hide: path !== route.path },
      // Before anything is read of the input: a stranger learns nothing of what would be valid.
      onRequest: async (request) => {
        request.actor = await authenticate(options.ctx, request, options.findPerson);
        admit(route, request.actor);
      },
      handler: async (request, reply) => {
        refuseBothNames(request);
        refuseNul([request.query, request.params, request.body]);
        const ctx = { ...options.ctx, actor: request.actor };
        const input = { params: request.params, query: request.query, body: request.body } as unknown as Input<Route>;
        if (route.status) reply.code(route.status);
        return (await handler.handle(ctx, input, { request, reply } satisfies Exchange)) ?? {};
      },
    });
  }
}

function schemaOf(route: Route) {
  return {
    summary: route.summary,
    ...(route.consumes && { consumes: [route.consumes] }),
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.response && { response: { [route.status ?? 200]: route.response } }),
    security: route.access === 'public' ? [] : [{ bearer: [] }],
  };
}

/** Use cases check again; this is the door that is closed by default. */
function admit(route: Route, actor: Actor): void {
  switch (route.access) {
    case 'public':
    case 'setup-token':
      return;
    case 'session':
      if (actor.kind !== 'person') throw new AppError('unauthenticated', { name: 'base', reason: 'Sign in first' });
      return;
    case 'node-key':
      throw new AppError('forbidden', { name: 'base', reason: 'Only for hosts' });
    default:
      if (route.reach === 'fleets') permitSome(actor, route.access);
      else permit(actor, route.access);
  }
}

/** `team_id` is the older name of `fleet_id`; with both there is no telling which one is meant. */
function refuseBothNames(request: FastifyRequest): void {
  const query = request.query as Record<string, unknown>;
  if (query.team_id !== undefined && query.fleet_id !== undefined) {
    throw badRequest('fleet_id', 'fleet_id and team_id are the same setting: send one of them');
  }
}

/** PostgreSQL cannot keep U+0000 in a text, and nobody means it. */
function refuseNul(values: unknown, name = 'base'): void {
  if (typeof values === 'string' && values.includes('\0'))
    throw badRequest(name, 'must not contain the character U+0000');
  if (values === null || typeof values !== 'object') return;
  for (const [key, value] of Object.entries(values)) refuseNul(value, key);
}
