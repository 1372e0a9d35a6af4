import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Meta, Nullable, Paging, Timestamp } from './shapes.ts';

export const Delivery = Type.Object({
  id: Type.Integer(),
  event: Type.String({ description: 'the vulnerability and the number of the batch, or a test' }),
  receiver: Type.String({ description: '`webhook`, or a ticket system and the place in it' }),
  state: Type.Enum(['waiting', 'delivered', 'given_up']),
  attempts: Type.Integer(),
  last_status: Nullable(Type.Integer({ description: 'of the last answer; null where nothing answered' })),
  last_failure: Nullable(Type.String()),
  created_at: Timestamp,
  due_at: Nullable(Type.String({ format: 'date-time', description: 'when it is tried next; null when it has ended' })),
  ended_at: Nullable(Timestamp),
});
export type Delivery = Static<typeof Delivery>;

export const listDeliveries = {
  method: 'GET',
  path: '/api/v1/flotilla/deliveries',
  summary: 'What was told to webhooks and ticket systems, newest first; kept for 30 days after it ended',
  access: 'server:read',
  query: Type.Object({ page: Paging.page, per_page: Paging.per_page }),
  response: Type.Object({ deliveries: Type.Array(Delivery), meta: Meta }),
} as const satisfies Route;

export const testDeliveries = {
  method: 'POST',
  path: '/api/v1/flotilla/deliveries/test',
  summary:
    'Tell everybody who is told of vulnerabilities of one that is none, within seconds; the list tells how it went',
  access: 'server:write',
  response: Type.Object({ receivers: Type.Array(Type.String()) }),
} as const satisfies Route;
