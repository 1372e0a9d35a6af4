import type { Permission, Route } from '@flotilla/contract/route';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roleAllows } from '../kernel/access.ts';
import { createMatrixScene, type Home, type MatrixActor, type MatrixScene } from './matrix-scene.ts';
import { homesOf, type Row, rowOf } from './matrix-things.ts';
import { type Answer, callAs } from './people.ts';
import { buildDeb, upload } from './test-package.ts';
import { createTestServer } from './test-server.ts';

const names = [
  'activity',
  'fleets',
  'accounts',
  'hosts',
  'inventory',
  'vulnerabilities',
  'installation',
  'policies',
  'updates',
  'server',
  'live',
];
let scene: MatrixScene;
const endings: (() => Promise<void>)[] = [];
/** What enrols hosts, which those get who may read secrets. */
const enrolSecrets = new Set<string>();
/** Of everything that was answered, what held a secret. */
const leaks: string[] = [];

beforeAll(async () => {
  const server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
  scene = await createMatrixScene(server);
  for (const secret of [server.enrolSecret, 'fleet-canary-1', 'enrol-canary-1']) enrolSecrets.add(secret);
  const { rows } = await sql<{ password_hash: string }>`
    select password_hash from accounts.account where password_hash is not null`.execute(server.system.db);
  for (const { password_hash } of rows) scene.secrets.add(password_hash);
});
afterAll(async () => {
  for (const cleanUp of endings.reverse()) await cleanUp();
});

/** What people and programs ask; agents and what anybody may ask are not theirs. */
const routesOf = (domain: string): Route[] =>
  (scene.server.domains.find(({ name }) => name === domain)?.routes ?? [])
    .map(({ route }) => route)
    .filter(({ access }) => !['public', 'setup-token', 'node-key'].includes(access));

type Expected = 401 | 403 | 404 | 'passes' | 'passes or 404' | '403 or 404';

/** The rule, for one person, one route and one thing. */
function expectedOf(actor: MatrixActor, route: Route, { row, home }: { row: Row; home: Home }): Expected {
  if (actor.role === null) return 401;
  const permission = route.access === 'session' ? (row.permission ?? null) : (route.access as Permission);
  const isAllowed = permission === null || roleAllows(actor.role, permission);
  if (actor.isEverywhere) return isAllowed ? (row.scope === 'catalogue' ? 'passes or 404' : 'passes') : 403;
  // The door asks first, whatever the thing is.
  if (route.access !== 'session' && (route.reach !== 'fleets' || !isAllowed)) return 403;
  if (row.scope === 'server') return 'passes';
  if (row.scope === 'catalogue') return 'passes or 404';
  if (home === 'mine') return isAllowed ? 'passes' : 403;
  if (home === 'none' && row.scope === 'shared') return route.method === 'GET' ? 'passes' : '403 or 404';
  return row.refusesEitherWay ? '403 or 404' : 404;
}

const isAs = (expected: Expected, status: number): boolean => {
  const passes = ![401, 403, 404, 405, 415].includes(status) && status < 500;
  if (expected === 'passes') return passes;
  if (expected === 'passes or 404') return passes || status === 404;
  if (expected === '403 or 404') return status === 403 || status === 404;
  return status === expected;
};

async function send(actor: MatrixActor, route: Route, { row, home }: { row: Row; home: Home }) {
  const expected = expectedOf(actor, route, { row, home });
  const isFresh = row.consumes === true && expected.toString().startsWith('passes');
  const ids = row.thing ? await scene.thing(row.thing, home, isFresh) : {};
  const fleetId = scene.fleetId(home);
  const params = row.params?.(ids) ?? {};
  const path = route.path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params[name] ?? name)));
  const query = new URLSearchParams(
    Object.entries(row.query?.(ids, fleetId) ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
  );
  const body = route.body ? row.body?.(ids, fleetId) : undefined;
  const answer = await (route.consumes
    ? uploadAs(actor, fleetId)
    : actor.call(route.method, `${path}?${query}`, body).catch(asBroken));
  searchSecrets(actor, route, answer);
  return { expected, status: answer.status, reason: JSON.stringify(answer.body?.errors ?? null) };
}

async function uploadAs({ token }: MatrixActor, fleetId: number | null) {
  const file = await buildDeb(`matrix-${Math.random()}`, '1.0');
  return upload(scene.server, token, { file, fields: { fleet_id: String(fleetId ?? 0) } });
}

/** An answer that ends before it is whole is wrong, whoever asked. */
const asBroken = (error: Error): Answer => ({ status: 599, body: { errors: error.message }, headers: {} });

function searchSecrets(actor: MatrixActor, route: Route, { body }: { body: unknown }): void {
  const text = JSON.stringify(body) ?? '';
  for (const secret of scene.secrets) {
    if (text.includes(secret)) leaks.push(`${actor.name}: ${route.method} ${route.path} answers with ${secret}`);
  }
  if (actor.role !== null && roleAllows(actor.role, 'secrets:read')) return;
  for (const secret of enrolSecrets) {
    if (text.includes(secret)) leaks.push(`${actor.name}: ${route.method} ${route.path} answers with an enrol secret`);
  }
}

test('every domain with routes is here', () => {
  expect(scene.server.domains.filter(({ routes }) => routes?.length).map(({ name }) => name)).toEqual(names);
});

test.each(names)('%s: each role, in each fleet, gets what the rule says', { timeout: 300_000 }, async (domain) => {
  const wrong: string[] = [];
  for (const route of routesOf(domain)) {
    const row = rowOf(route);
    if (!row) {
      wrong.push(`${route.method} ${route.path}: add a row to matrix-things.ts`);
      continue;
    }
    if (row.skipped) {
      const { status } = await callAs(scene.server, null)(route.method, route.path);
      if (status !== 401) wrong.push(`${route.method} ${route.path}, a stranger: ${status}, not 401`);
      continue;
    }
    for (const home of homesOf(row)) {
      for (const actor of scene.actors) {
        const { expected, status, reason } = await send(actor, route, { row, home });
        const wanted = expected === 'passes' && row.passesWith ? status === row.passesWith : isAs(expected, status);
        if (!wanted)
          wrong.push(
            `${route.method} ${route.path}, thing in ${home}, ${actor.name}: ${status}, not ${expected} ${reason}`,
          );
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('no answer held a node key, a token or the hash of a password, nor an enrol secret for those who may not read them', () => {
  expect(leaks).toEqual([]);
});
