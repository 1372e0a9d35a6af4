import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

const Day = Nullable(Type.String({ description: 'a day as 2026-11-24; null where it is not known' }));

/** When the fixes of a release end, and what to go to. Null in its place means that nobody told, not that they go on. */
export const EndOfLife = Type.Object({
  product: Type.String({ description: 'as the list of ends names it' }),
  product_name: Type.String(),
  link: Nullable(Type.String()),
  cycle: Type.String({ description: 'the releases that end together' }),
  cycle_name: Type.String(),
  released: Day,
  support_ends: Day,
  eol_date: Day,
  is_past: Nullable(Type.Boolean({ description: 'null where it is not known' })),
  extended_until: Day,
  is_lts: Type.Boolean(),
  latest: Nullable(Type.String({ description: 'newest version of the cycle' })),
  remark: Nullable(Type.String({ description: 'what one has to know to read it rightly' })),
});
export type EndOfLife = Static<typeof EndOfLife>;

export const endOfLifeOrderKeys = ['eol_date', 'hosts_count', 'name'] as const;

export const EndingVersion = Type.Object({
  version_id: Type.Integer(),
  title_id: Type.Integer(),
  name: Type.String(),
  version: Type.String(),
  source: Type.String(),
  kind: Type.Enum(['normal', 'kernel', 'os', 'patch']),
  hosts_count: Type.Integer(),
  end_of_life: EndOfLife,
});
export type EndingVersion = Static<typeof EndingVersion>;

export const listEndOfLife = {
  method: 'GET',
  path: '/api/v1/flotilla/end-of-life',
  summary: 'Software and systems on hosts whose fixes have ended, or end within some days',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...OrderKey(endOfLifeOrderKeys),
    query: Type.Optional(Type.String({ maxLength: 255 })),
    within_days: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 3650, description: '0 unless said: ended already' }),
    ),
    kind: Type.Optional(Type.Enum(['normal', 'os'])),
  }),
  response: Type.Object({
    count: Type.Integer(),
    data_stored_at: Nullable(Timestamp),
    versions: Type.Array(EndingVersion),
    meta: Meta,
  }),
} as const satisfies Route;
