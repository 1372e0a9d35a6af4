import type { FastifyRequest } from 'fastify';
import type { Actor } from '../access.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';

/** On plain HTTP a `Secure` cookie would not come back, so it goes by another name there. */
export const cookieName = (secure: boolean) => (secure ? '__Host-flotilla' : 'flotilla');

export type FindPerson = (ctx: Context, token: string) => Promise<Actor | null>;

/**
 * Who sends the request: by bearer token, else by session cookie.
 * A cookie proves a person only together with a header that another site cannot send.
 */
export async function authenticate(ctx: Context, request: FastifyRequest, findPerson: FindPerson): Promise<Actor> {
  const { token, byCookie } = readToken(request);
  if (token === null) return { kind: 'anonymous' };
  if (byCookie && request.method !== 'GET' && request.headers['x-requested-with'] !== 'flotilla') {
    throw new AppError('forbidden', {
      name: 'base',
      reason: 'Requests with a cookie must send X-Requested-With: flotilla',
    });
  }
  const actor = await findPerson(ctx, token);
  // The token of a program is none of a browser.
  if (actor === null || (byCookie && actor.kind === 'person' && actor.apiOnly)) return { kind: 'anonymous' };
  return actor;
}

/** The token a request carries, for authentication and for signing out. */
export function readToken(request: FastifyRequest): { token: string | null; byCookie: boolean } {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return { token: bearer, byCookie: false };
  const cookie = request.cookies[cookieName(request.protocol === 'https')];
  return cookie ? { token: cookie, byCookie: true } : { token: null, byCookie: false };
}
