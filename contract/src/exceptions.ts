import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Cursor, FleetFilter, Id, IdParams, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

export const exceptionStatuses = ['accepted', 'not_affected', 'false_positive'] as const;
export const ExceptionStatus = Type.Enum([...exceptionStatuses]);
export type ExceptionStatus = (typeof exceptionStatuses)[number];

/** The five of OpenVEX. */
export const justifications = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
] as const;
export const Justification = Type.Enum([...justifications]);
export type Justification = (typeof justifications)[number];

const Cve = Type.String({ minLength: 3, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]+$' });
const Reason = Type.String({ minLength: 1, maxLength: 2_000 });

/** What it is about, and where it counts: everywhere, unless one of fleet, label and host is named. */
const subject = {
  cve: Type.Optional(Nullable(Cve)),
  title_id: Type.Optional(Nullable(Id)),
  version_id: Type.Optional(Nullable(Id)),
  fleet_id: Type.Optional(Nullable(Id)),
  label_id: Type.Optional(Nullable(Id)),
  host_id: Type.Optional(Nullable(Id)),
};

const Named = Type.Object({ id: Type.Integer(), name: Type.String() });

export const VulnerabilityException = Type.Object({
  id: Type.Integer(),
  cve: Nullable(Type.String({ description: 'null: everything found in the software' })),
  title: Nullable(Named),
  version: Nullable(
    Type.Object({ id: Type.Integer(), title_id: Type.Integer(), name: Type.String(), version: Type.String() }),
  ),
  scope: Type.Object(
    {
      kind: Type.Enum(['everything', 'fleet', 'label', 'host']),
      id: Nullable(Type.Integer()),
      name: Nullable(Type.String({ description: 'null: of everything, or gone' })),
    },
    { description: 'on which hosts it counts' },
  ),
  status: ExceptionStatus,
  justification: Nullable(Justification),
  reason: Type.String(),
  owner: Nullable(Named),
  state: Type.Enum(['planned', 'active', 'ended']),
  since: Timestamp,
  until: Nullable(Timestamp),
  created_at: Timestamp,
  ended_at: Nullable(Timestamp),
  ended_why: Nullable(Type.Enum(['expired', 'ended', 'replaced', 'scope_gone'])),
  ended_by: Nullable(Named),
  vex: Nullable(
    Type.Object({ document: Type.String(), statement: Type.String() }, { description: 'the document it came from' }),
  ),
});
export type VulnerabilityException = Static<typeof VulnerabilityException>;

const OneException = Type.Object({ exception: VulnerabilityException });

export const listExceptions = {
  method: 'GET',
  path: '/api/v1/flotilla/exceptions',
  summary: 'Exceptions: vulnerabilities that were accepted, or said not to affect or not to be there',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...Cursor,
    ...OrderKey(['created_at', 'until']),
    state: Type.Optional(Type.Enum(['planned', 'active', 'ended', 'living'])),
    cve: Type.Optional(Cve),
    title_id: Type.Optional(Id),
    host_id: Type.Optional(Id),
    expiring_before: Type.Optional(Timestamp),
  }),
  response: Type.Object({ exceptions: Type.Array(VulnerabilityException), count: Type.Integer(), meta: Meta }),
} as const satisfies Route;

export const createException = {
  method: 'POST',
  path: '/api/v1/flotilla/exceptions',
  summary:
    'Accept a vulnerability, or say that it does not affect or is not there; it ends by itself when its time is over',
  access: 'exceptions:write',
  reach: 'fleets',
  body: Type.Object({
    ...subject,
    status: ExceptionStatus,
    justification: Type.Optional(Nullable(Justification)),
    reason: Reason,
    owner_id: Type.Optional(Nullable(Id)),
    since: Type.Optional(Timestamp),
    until: Type.Optional(Nullable(Timestamp)),
  }),
  response: OneException,
} as const satisfies Route;

export const previewException = {
  method: 'POST',
  path: '/api/v1/flotilla/exceptions/preview',
  summary: 'What an exception would do, before there is one',
  access: 'exceptions:write',
  reach: 'fleets',
  body: Type.Object(subject),
  response: Type.Object({
    hosts_count: Type.Integer({ description: 'hosts on which something counts now that would not' }),
    remaining_hosts_count: Type.Integer({
      description: 'those of them that go on counting, as other software of theirs has the vulnerability too',
    }),
    vulnerabilities_count: Type.Integer(),
  }),
} as const satisfies Route;

export const changeException = {
  method: 'PATCH',
  path: '/api/v1/flotilla/exceptions/:id',
  summary: 'Change until when an exception holds, why, and who answers for it',
  access: 'exceptions:write',
  reach: 'fleets',
  params: IdParams,
  body: Type.Object({
    until: Type.Optional(Nullable(Timestamp)),
    reason: Type.Optional(Reason),
    owner_id: Type.Optional(Nullable(Id)),
  }),
  response: OneException,
} as const satisfies Route;

export const endException = {
  method: 'POST',
  path: '/api/v1/flotilla/exceptions/:id/end',
  summary: 'End an exception: what it was about counts again',
  access: 'exceptions:write',
  reach: 'fleets',
  params: IdParams,
  response: OneException,
} as const satisfies Route;
