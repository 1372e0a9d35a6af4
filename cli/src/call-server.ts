import { readFileSync } from 'node:fs';
import type { ErrorBody } from '@flotilla/contract/errors';
import type { BodyOf, QueryOf, ResponseOf, Route } from '@flotilla/contract/route';
import { Agent, request } from 'undici';

/** Which server to call, and as whom. */
export interface ServerAccess {
  url: string;
  token: string;
  caFile?: string;
  timeoutMs: number;
}

/** Calls a route whose path has no parameters, and that always has an answer. @throws Error with one line that names the server */
export async function callServer<R extends Route>(
  route: R,
  access: ServerAccess,
  query: Partial<QueryOf<R>> = {},
): Promise<ResponseOf<R>> {
  const answer = await exchange(route, access, { query });
  if (answer === null) throw new Error(`${access.url}: ${reasonOf(204, '')}`);
  return answer;
}

interface Sent<R extends Route> {
  query?: Partial<QueryOf<R>>;
  body?: BodyOf<R>;
}

/** The same with a body, and with null for an answer without one. */
export async function exchange<R extends Route>(
  route: R,
  access: ServerAccess,
  { query = {}, body: sent }: Sent<R>,
): Promise<ResponseOf<R> | null> {
  const { timeoutMs: headersTimeout, timeoutMs: bodyTimeout } = access;
  const ca = access.caFile ? { ca: readFileSync(access.caFile, 'utf8') } : {};
  const dispatcher = new Agent({ connect: ca, headersTimeout, bodyTimeout });
  try {
    const { statusCode, body } = await request(`${access.url.replace(/\/+$/, '')}${route.path}`, {
      query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)),
      dispatcher,
      method: route.method,
      headers: {
        authorization: `Bearer ${access.token}`,
        ...(sent !== undefined && { 'content-type': 'application/json' }),
      },
      body: sent === undefined ? null : JSON.stringify(sent),
    });
    const text = await body.text();
    if (statusCode === 204) return null;
    if (statusCode !== 200) throw new Error(reasonOf(statusCode, text));
    return JSON.parse(text) as ResponseOf<R>;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Error(`${access.url}: ${message || code}`);
  } finally {
    await dispatcher.close();
  }
}

function reasonOf(status: number, text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as ErrorBody;
    return [message, ...errors.map(({ reason }) => reason)].join(': ');
  } catch {
    return `answered with status ${status}`;
  }
}
