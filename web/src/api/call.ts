import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '@flotilla/contract/route';
import { ApiError, unreachable } from './api-error.ts';

type Needed<K extends string, V> = [V] extends [undefined] ? { [key in K]?: undefined } : { [key in K]: V };

/** What a call of a route takes: the parts its contract names, and nothing else. */
export type Input<R extends Route> = Needed<'params', ParamsOf<R>> &
  Needed<'body', BodyOf<R>> & { query?: QueryOf<R>; signal?: AbortSignal; token?: string };

/** Calls a route of the contract. Throws an ApiError when the server refuses or cannot be reached. */
export async function call<R extends Route>(route: R, input: Input<R>): Promise<ResponseOf<R>> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-requested-with': 'flotilla' };
  if (input.token !== undefined) headers.authorization = `Bearer ${input.token}`;
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  let answer: Response;
  try {
    answer = await fetch(addressOf(route.path, input.params, input.query), {
      method: route.method,
      headers,
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
      credentials: 'same-origin',
      signal: input.signal,
    });
  } catch (error) {
    if (input.signal?.aborted) throw error;
    throw unreachable();
  }
  const text = await answer.text();
  if (!answer.ok) throw ApiError.of(answer.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as ResponseOf<R>;
}

/** Puts parameters into a path, and what is defined of a query behind it. */
export function addressOf(path: string, params?: object, query?: object): string {
  const values = new Map(Object.entries(params ?? {}));
  const filled = path.replace(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}
