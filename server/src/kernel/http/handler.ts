import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@flotilla/contract/route';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';

export interface Input<R extends Route> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
}

/** The few things of HTTP that a handler may need besides its input. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A contract route and the one call that serves it. */
export interface Handler<R extends Route> {
  route: R;
  handle: (ctx: Context, input: Input<R>, exchange: Exchange) => Promise<ResponseOf<R>>;
}

/** Ties a route to its call, with the types of the contract. */
export function serve<R extends Route>(route: R, handle: Handler<R>['handle']): Handler<Route> {
  return { route, handle } as unknown as Handler<Route>;
}
