import type { Permission } from '@flotilla/contract/route';
import type { Home, Ids, Kind } from './matrix-scene.ts';
import { homes, mobileDevice } from './matrix-scene.ts';

/**
 * Whose it is. `fleet`: of the fleet it is in; in none, of those with a role everywhere. `shared`: as before, but what is in none is read
 * by everybody. `catalogue`: of all fleets together, and whoever has none of it may be told that it is not there. `server`: of the server.
 */
export type Scope = 'fleet' | 'shared' | 'catalogue' | 'server';

export interface Row {
  scope: Scope;
  /** What the path, the query or the body names. */
  thing?: Kind;
  params?(ids: Ids): Record<string, string | number>;
  /** `fleetId` is of the home, null for none. */
  query?(ids: Ids, fleetId: number | null): Record<string, string | number>;
  body?(ids: Ids, fleetId: number | null): unknown;
  /** Success takes the thing away, so that each has one of its own. */
  consumes?: boolean;
  homes?: readonly Home[];
  /** What the use case asks for, where the route only says `session`. */
  permission?: Permission;
  /** The status when nothing forbids it, where nothing was there to do. */
  passesWith?: 403;
  /** What names a fleet in its body only may be refused either way where that is not the actor's. */
  refusesEitherWay?: boolean;
  /** Why it is left out. */
  skipped?: string;
}

const inFleets: readonly Home[] = ['mine', 'theirs'];
const once: readonly Home[] = ['mine'];
const server: Row = { scope: 'server', homes: once };
const list: Row = { scope: 'fleet', query: (_ids, fleetId) => ({ fleet_id: fleetId ?? 0 }) };
const host: Row = { scope: 'fleet', thing: 'host', params: ({ host: id = 0 }) => ({ id }) };
const fleet: Row = { scope: 'fleet', thing: 'fleet', params: ({ fleet: id = 0 }) => ({ id }), homes: inFleets };
const ofFleet: Row = { ...fleet, params: ({ fleet: id = 0 }) => ({ fleet_id: id }) };
const label: Row = { scope: 'shared', thing: 'label', params: ({ label: id = 0 }) => ({ id }) };
const policy: Row = {
  scope: 'shared',
  thing: 'policy',
  params: ({ policy: id = 0, fleet: of = 0 }) => ({ policy_id: id, fleet_id: of }),
};
const globalPolicy: Row = { ...policy, homes: ['none'] };
const fleetPolicy: Row = { ...policy, homes: inFleets };
const user: Row = { scope: 'fleet', thing: 'user', params: ({ user: id = 0 }) => ({ id }) };
const session: Row = {
  scope: 'fleet',
  thing: 'session',
  params: ({ session: id = 0 }) => ({ id }),
  permission: 'people:write',
};
const invite: Row = { scope: 'fleet', thing: 'invite', params: ({ invite: id = 0 }) => ({ id }) };
const rollout: Row = { scope: 'fleet', thing: 'rollout', params: ({ rollout: id = 0 }) => ({ id }), body: () => ({}) };
const exception: Row = { scope: 'shared', thing: 'exception', params: ({ exception: id = 0 }) => ({ id }) };
const newException: Row = {
  scope: 'fleet',
  thing: 'package',
  query: (_ids, fleetId) => ({ fleet_id: fleetId ?? 0 }),
  body: ({ title }, fleetId) => ({ title_id: title, fleet_id: fleetId, status: 'accepted', reason: 'x' }),
  refusesEitherWay: true,
};
const packaged: Row = {
  scope: 'fleet',
  thing: 'package',
  params: ({ title: id = 0 }) => ({ id }),
  query: (_ids, fleetId) => ({ fleet_id: fleetId ?? 0 }),
};
const task: Row = { scope: 'fleet', thing: 'task', params: ({ task: id = '' }) => ({ id, install_uuid: id }) };
const none: Record<string, number> = {};
/** There is none of it, which everybody may be told. */
const catalogue: Row = {
  scope: 'catalogue',
  params: () => ({ id: 1, cve: 'CVE-2024-0001' }),
  query: (_ids, fleetId) => (fleetId === null ? none : { fleet_id: fleetId }),
};
const moment = { at: '2026-03-01T12:00:00Z', from: '2026-03-01T12:00:00Z' };

/** By path below the prefix, or by method and path: what each route is about. */
export const rows: Record<string, Row> = {
  // Activities, and the server itself.
  '/activities': server,
  '/activities/verify': server,
  '/config': { ...server, body: () => ({}) },
  '/version': server,
  '/live': { ...server, skipped: 'a stream that does not end' },
  '/problems': server,
  '/trigger': { ...server, query: () => ({ name: 'sweep-sessions' }) },
  '/translate': { ...server, body: () => ({ list: [] }) },
  '/stop': { ...server, body: () => ({}) },
  '/deliveries': server,
  '/deliveries/test': server,
  '/feeds': server,
  '/feeds/update': server,
  '/feeds/:name/accept': { ...server, params: () => ({ name: 'epss' }) },

  // People.
  '/me': server,
  '/logout': { ...server, skipped: 'it would end the session of whoever asks' },
  '/change_password': { ...server, body: () => ({ old_password: 'wrong horse 1!', new_password: 'another horse 2!' }) },
  '/perform_required_password_reset': {
    ...server,
    body: () => ({ new_password: 'another horse 2!' }),
    passesWith: 403,
  },
  '/users': { ...list, homes: inFleets },
  '/users/admin': {
    ...list,
    body: (_ids, fleetId) => ({
      name: 'x',
      email: `${Math.random()}@example.org`,
      api_only: true,
      ...(fleetId === null ? { global_role: 'observer' } : { fleets: [{ id: fleetId, role: 'observer' }] }),
    }),
    refusesEitherWay: true,
  },
  '/users/:id': { ...user, permission: 'people:write', body: () => ({ name: 'other' }) },
  'DELETE /users/:id': { ...user, consumes: true },
  '/users/:id/require_password_reset': { ...user, body: () => ({ require: false }) },
  '/users/:id/password-reset': user,
  '/users/:id/token': user,
  '/users/:id/sessions': { ...user, permission: 'people:write' },
  '/sessions/:id': session,
  'DELETE /sessions/:id': { ...session, consumes: true },
  '/invites': { ...server, body: () => ({ name: 'x', email: `${Math.random()}@example.org` }) },
  '/invites/:id': { ...invite, body: () => ({ name: 'other' }) },
  'DELETE /invites/:id': { ...invite, consumes: true },
};

// Policies of fleets, under all names of fleets.
for (const name of ['fleets', 'teams', 'team']) {
  const path = `/${name}/:fleet_id/policies`;
  Object.assign(rows, {
    [path]: { ...ofFleet, body: () => ({ name: `policy ${Math.random()}`, query: 'select 1' }) },
    [`${path}/count`]: ofFleet,
    [`${path}/:policy_id`]: { ...fleetPolicy, body: () => ({}) },
    [`${path}/delete`]: { ...fleetPolicy, body: ({ policy: id }) => ({ ids: [id] }), consumes: true },
  } satisfies Record<string, Row>);
}

// Fleets, under both names.
for (const name of ['fleets', 'teams']) {
  Object.assign(rows, {
    [`/${name}`]: { ...server, body: () => ({ name: `fleet ${Math.random()}` }) },
    [`/${name}/:id`]: { ...fleet, body: () => ({}) },
    [`DELETE /${name}/:id`]: { ...fleet, homes: ['none'], consumes: true },
    [`/${name}/:id/agent_options`]: { ...fleet, body: () => ({}) },
    [`/${name}/:id/secrets`]: { ...fleet, body: () => ({ secrets: [{ secret: 'fleet-canary-1' }] }) },
    [`/${name}/:id/users`]: { ...fleet, body: () => ({ users: [] }) },
    [`/spec/${name}`]: { ...server, body: () => ({ specs: [] }) },
  } satisfies Record<string, Row>);
}

Object.assign(rows, {
  '/team/:id': fleet,
  'GET /spec/enroll_secret': server,
  'POST /spec/enroll_secret': {
    ...server,
    thing: 'secret',
    body: ({ secret }) => ({ spec: { secrets: [{ secret }, { secret: 'enrol-canary-1' }] } }),
  },

  // Hosts.
  '/hosts': list,
  '/hosts/count': list,
  '/hosts/report': { ...list, query: (_ids, fleetId) => ({ fleet_id: fleetId ?? 0, format: 'csv' }) },
  '/host_summary': list,
  '/hosts/:id': host,
  'DELETE /hosts/:id': { ...host, consumes: true },
  '/hosts/identifier/:identifier': { ...host, params: ({ identifier = '' }) => ({ identifier }) },
  '/hosts/delete': { scope: 'fleet', thing: 'host', body: ({ host: id }) => ({ ids: [id] }), consumes: true },
  '/hosts/transfer': {
    scope: 'fleet',
    thing: 'host',
    body: ({ host: id }, fleetId) => ({ hosts: [id], fleet_id: fleetId }),
  },
  '/hosts/transfer/filter': {
    scope: 'fleet',
    body: (_ids, fleetId) => ({ filters: { fleet_id: fleetId ?? 0 }, fleet_id: fleetId }),
  },
  '/mobile-devices/:identifier': {
    scope: 'fleet',
    thing: 'device',
    params: ({ identifier = '' }) => ({ identifier }),
    body: mobileDevice,
  },
  '/hosts/:id/refetch': host,
  '/hosts/:id/health': host,
  '/hosts/:id/device_mapping': { ...host, body: () => ({ email: 'x@example.org' }) },
  '/hosts/:id/labels': { ...host, body: () => ({ labels: ['All Hosts'] }) },
  '/hosts/:id/activities': host,
  '/hosts/:id/activities/upcoming': host,
  '/hosts/:id/software': host,
  '/hosts/:id/inventory': host,
  '/hosts/:id/software-at': { ...host, query: () => moment },
  '/hosts/:id/changes': { ...host, query: () => moment },
  '/hosts/:id/timeline': host,
  '/hosts/:id/tasks': host,
  '/hosts/:id/findings': host,
  '/hosts/:id/findings/closed': host,

  // Labels.
  'GET /labels': list,
  'POST /labels': {
    ...list,
    body: (_ids, fleetId) => ({ name: `label ${Math.random()}`, query: 'select 1', fleet_id: fleetId }),
    refusesEitherWay: true,
  },
  '/labels/summary': { ...list, homes: inFleets },
  '/labels/:id': { ...label, body: () => ({}) },
  '/labels/:id/hosts': label,
  'DELETE /labels/:name': { ...label, params: ({ name = '' }) => ({ name }), consumes: true },
  'DELETE /labels/id/:id': { ...label, consumes: true },
  'GET /spec/labels': server,
  'POST /spec/labels': { ...server, body: () => ({ specs: [] }), refusesEitherWay: true },

  // Software and vulnerabilities.
  '/software': list,
  '/software/count': list,
  '/software/titles': list,
  '/software/versions': list,
  '/os_versions': list,
  '/vulnerabilities': list,
  '/sla': { ...list, body: () => ({ rules: null }) },
  '/due': list,
  '/due/hosts': list,
  '/due/vulnerabilities': list,
  '/exposure': list,
  '/figures': list,
  '/data-health': list,
  '/fleets/:id/internet-exposure': { ...fleet, body: () => ({ is_exposed: null }) },
  '/labels/:id/internet-exposure': { ...label, body: () => ({ is_exposed: null }) },
  '/hosts/:id/vulnerabilities': { ...host, query: () => ({ at: moment.at }) },
  '/vulnerabilities/:cve/history': catalogue,
  '/end-of-life': list,
  'GET /exceptions': list,
  'POST /exceptions': newException,
  '/exceptions/preview': newException,
  'GET /vex': list,
  'POST /vex': {
    scope: 'fleet',
    body: (_ids, fleetId) => ({
      document: { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/vex/1', statements: [] },
      fleet_id: fleetId,
    }),
    refusesEitherWay: true,
  },
  '/exceptions/:id': { ...exception, body: () => ({}) },
  '/exceptions/:id/end': { ...exception, consumes: true },
  '/software/changes': { ...list, query: (_ids, fleetId) => ({ from: '2026-02-01', fleet_id: fleetId ?? 0 }) },
  '/export/software-versions': list,
  '/export/software-titles': list,
  '/export/vulnerabilities': list,
  '/export/hosts': list,
  '/export/host-software': list,
  '/software/:id': catalogue,
  '/software/titles/:id': catalogue,
  '/software/titles/:id/hosts': catalogue,
  '/software/versions/:id': catalogue,
  '/software/versions/:id/hosts': catalogue,
  '/os_versions/:id': catalogue,
  '/vulnerabilities/:cve': catalogue,
  '/vulnerabilities/:cve/findings': catalogue,
  '/vulnerabilities/:cve/explanation': {
    ...catalogue,
    query: (_ids, fleetId) => ({ software_version_id: 1, ...(fleetId !== null && { fleet_id: fleetId }) }),
  },
  '/vulnerabilities/:cve/updates': catalogue,
  '/software/titles/:id/name': { ...packaged, scope: 'catalogue', body: () => ({ name: 'other' }), homes: once },
  '/software/titles/:id/merge': { ...packaged, scope: 'catalogue', body: () => ({ into: 999 }), homes: once },
  '/software/titles/:id/merges': { ...packaged, scope: 'catalogue', homes: once },

  // Packages and tasks.
  '/library': list,
  '/software/package': { ...list, refusesEitherWay: true },
  '/software/titles/:id/package': { ...packaged, query: (_ids, fleetId) => ({ fleet_id: fleetId ?? 0, alt: 'media' }) },
  'DELETE /software/titles/:id/available_for_install': { ...packaged, consumes: true },
  '/hosts/:id/software/:software_title_id/install': {
    ...host,
    thing: 'task',
    params: ({ host: id = 0, title = 0 }) => ({ id, software_title_id: title }),
  },
  '/hosts/:id/software/:software_title_id/uninstall': {
    ...host,
    thing: 'task',
    params: ({ host: id = 0, title = 0 }) => ({ id, software_title_id: title }),
  },
  'DELETE /hosts/:id/activities/upcoming/:activity_id': {
    ...host,
    thing: 'task',
    params: ({ host: id = 0, task: activity = 0 }) => ({ id, activity_id: activity }),
    consumes: true,
  },
  '/scripts/run': { ...host, body: ({ host: id }) => ({ host_id: id, script_contents: 'true' }) },
  '/scripts/results/:execution_id': {
    scope: 'fleet',
    thing: 'script',
    params: ({ script = '' }) => ({ execution_id: script }),
  },
  '/software/install/:install_uuid/results': task,
  '/tasks/:id': task,

  // Policies.
  '/policies': { ...list, homes: ['none'], query: () => ({}), scope: 'shared' },
  '/global/policies': {
    ...list,
    homes: ['none'],
    query: () => ({}),
    scope: 'shared',
    body: () => ({ name: `p ${Math.random()}`, query: 'select 1' }),
  },
  'POST /policies': {
    ...list,
    homes: ['none'],
    query: () => ({}),
    body: () => ({ name: `p ${Math.random()}`, query: 'select 1' }),
  },
  '/policies/count': server,
  '/policies/:policy_id': policy,
  'GET /api/2022-04/fleet/policies/:policy_id': globalPolicy,
  'PATCH /policies/:policy_id': { ...globalPolicy, body: () => ({}) },
  '/policies/:policy_id/hosts': policy,
  '/policies/delete': { ...globalPolicy, body: ({ policy: id }) => ({ ids: [id] }), consumes: true },
  '/global/policies/delete': { ...globalPolicy, body: ({ policy: id }) => ({ ids: [id] }), consumes: true },
  '/global/policies/:policy_id': { ...globalPolicy, body: () => ({}) },

  // Updates.
  'GET /rollouts': list,
  'POST /rollouts': {
    ...packaged,
    body: ({ title }, fleetId) => ({ title_id: title, fleet_id: fleetId }),
    homes: inFleets,
  },
  '/rollouts/preview': {
    ...packaged,
    body: ({ title }, fleetId) => ({ title_id: title, fleet_id: fleetId }),
    homes: inFleets,
  },
  '/rollouts/:id': rollout,
  '/rollouts/:id/hosts': rollout,
  '/rollouts/:id/abort': rollout,
  '/rollouts/:id/pause': rollout,
  '/rollouts/:id/resume': rollout,
  '/updates/behind': list,
  '/actions': list,
  '/actions/:id': catalogue,
  '/actions/:id/vulnerabilities': catalogue,
} satisfies Record<string, Row>);

/** The row of a route, by its path without the prefix. */
export function rowOf({ method, path }: { method: string; path: string }): Row | undefined {
  const short = path.replace(/^\/api\/(?:v1|2022-04)\/(?:fleet|flotilla)(?=\/)/, '');
  return rows[`${method} ${path}`] ?? rows[`${method} ${short}`] ?? rows[short];
}

export const homesOf = (row: Row): readonly Home[] => row.homes ?? homes;
