import type { ResponseOf, Route } from '@flotilla/contract/route';
import { keepPreviousData, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { call, type Input } from './call.ts';
import { isLive } from './live.ts';

/** How often what is on the screen is asked for again. */
export const liveMs = 5_000;
/** The same while something moves: an installation, a rollout. */
export const quickMs = 1_000;
/** The same where the server tells what moved: only for what it does not tell, such as that a host is silent. */
const calmMs = 15_000;
/** A list that renews itself and shows the view before while the next one is on its way. */
export const liveList = {
  placeholderData: keepPreviousData,
  refetchInterval: () => (isLive() ? calmMs : liveMs),
};

/** A question to the server, named by its route and input: the same question is asked once and shared. */
export function ask<R extends Route>(route: R, input: Omit<Input<R>, 'signal' | 'token' | 'body'>) {
  const { params, query } = input as { params?: object; query?: object };
  return queryOptions<ResponseOf<R>>({
    queryKey: [route.path, params ?? null, query ?? null],
    queryFn: ({ signal }) => call(route, { params, query, signal } as unknown as Input<R>),
  });
}

export const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

/** The store of answers. `onSignedOut` is told when the server no longer knows the session. */
export function createQueries(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        refetchOnWindowFocus: true,
        networkMode: 'always',
        retry: (failures, error) => failures < 1 && error instanceof ApiError && error.status >= 500,
        retryDelay: 500,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
