import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Nullable, Timestamp } from './shapes.ts';

const Trouble = Nullable(Type.Object({ at: Timestamp, reason: Type.String() }));

export const FeedState = Type.Object({
  name: Type.String(),
  title: Type.String(),
  is_needed: Type.Boolean({ description: 'whether some host has software that it tells of; only such are fetched' }),
  is_absent: Type.Boolean({ description: 'the mirror never had it' }),
  is_snapshot: Type.Boolean({
    description: 'it could never be fetched: what is in use came with Flotilla, and is as old as `published_at` says',
  }),
  records: Type.Integer(),
  problems: Type.Integer({ description: 'records that could not be understood' }),
  published_at: Nullable(Timestamp),
  fetched_at: Nullable(Timestamp),
  verified_at: Nullable(Timestamp),
  failure: Trouble,
  held: Trouble,
});
export type FeedState = Static<typeof FeedState>;

/** The nightly comparison of findings with judging anew; null before the first. */
export const FindingsCheck = Type.Object({
  checked_at: Timestamp,
  software: Type.Integer({ description: 'how many were compared in the round that is under way, or in the last one' }),
  drifted: Type.Integer({
    description: 'how many of these were not as judging them again finds, and were judged anew',
  }),
});
export type FindingsCheck = Static<typeof FindingsCheck>;

const response = Type.Object({
  feeds: Type.Array(FeedState),
  self_check: Nullable(FindingsCheck),
});

export const listFeeds = {
  method: 'GET',
  path: '/api/v1/flotilla/feeds',
  summary: 'Feeds of vulnerability data: how old they are and what is wrong with them',
  access: 'software:read',
  reach: 'fleets',
  response,
} as const satisfies Route;

export const updateFeeds = {
  method: 'POST',
  path: '/api/v1/flotilla/feeds/update',
  summary: 'Bring all feeds up to date now; answers when that is done',
  access: 'feeds:write',
  response,
} as const satisfies Route;

export const acceptFeed = {
  method: 'POST',
  path: '/api/v1/flotilla/feeds/:name/accept',
  summary: 'Use data of a feed that are held, after a person looked at them; answers when that is done',
  access: 'feeds:write',
  params: Type.Object({ name: Type.String() }),
  response,
} as const satisfies Route;
