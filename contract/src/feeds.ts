import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Nullable, Timestamp } from './shapes.ts';

const Trouble = Nullable(Type.Object({ at: Timestamp, reason: Type.String() }));

export const FeedState = Type.Object({
  name: Type.String(),
  title: Type.String(),
  is_needed: Type.Boolean({ description: 'whether some host has software that it tells of; only such are fetched' }),
  is_absent: Type.Boolean({ description: 'the mirror never had it' }),
  records: Type.Integer(),
  problems: Type.Integer({ description: 'records that could not be understood' }),
  published_at: Nullable(Timestamp),
  fetched_at: Nullable(Timestamp),
  verified_at: Nullable(Timestamp),
  failure: Trouble,
  held: Trouble,
});
export type FeedState = Static<typeof FeedState>;

const response = Type.Object({ feeds: Type.Array(FeedState) });

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
