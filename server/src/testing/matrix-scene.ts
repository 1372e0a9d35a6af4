import { randomUUID } from 'node:crypto';
import type { Role } from '@flotilla/contract/accounts';
import { roles } from '@flotilla/contract/accounts';
import { addFleet, addPerson, type Call, callAs } from './people.ts';
import { enrolAgent } from './test-agent.ts';
import { deb } from './test-host.ts';
import { buildDeb, upload } from './test-package.ts';
import type { TestServer } from './test-server.ts';

/** Where a thing is: in the fleet the people with a role in a fleet have it in, in another one, in none. */
export type Home = 'mine' | 'theirs' | 'none';
export const homes: readonly Home[] = ['mine', 'theirs', 'none'];

export interface MatrixActor {
  /** `observer everywhere`, `admin in mine`. */
  name: string;
  role: Role | null;
  isEverywhere: boolean;
  userId: number;
  token: string;
  call: Call;
}

/** The ids of a thing and of what it hangs on, by the names rows use. */
export type Ids = Record<string, string | number>;
export type Kind =
  | 'host'
  | 'device'
  | 'fleet'
  | 'label'
  | 'policy'
  | 'package'
  | 'task'
  | 'script'
  | 'rollout'
  | 'exception'
  | 'user'
  | 'session'
  | 'invite'
  | 'secret';

export interface MatrixScene {
  server: TestServer;
  admin: Call;
  actors: MatrixActor[];
  fleetId(home: Home): number | null;
  /** The thing of a home, made once; or one more of it. */
  thing(kind: Kind, home: Home, fresh?: boolean): Promise<Ids>;
  /** What hosts and people prove themselves with, as far as it was made. */
  secrets: Set<string>;
}

/** People of every role, everywhere and in one of two fleets. */
export async function createMatrixScene(server: TestServer): Promise<MatrixScene> {
  const adminToken = await server.setUp();
  const admin = callAs(server, adminToken);
  const fleets = { mine: await addFleet(admin, 'Mine'), theirs: await addFleet(admin, 'Theirs'), none: null };
  const actors: MatrixActor[] = [];
  for (const role of roles) {
    for (const isEverywhere of [true, false]) {
      const name = `${role}-${isEverywhere ? 'everywhere' : 'in-mine'}`;
      const given = isEverywhere ? { global_role: role } : { fleets: [{ id: fleets.mine, role }] };
      const { id, token, call } = await addPerson(server, admin, { name, ...given });
      actors.push({ name, role, isEverywhere, userId: id, token, call });
    }
  }
  actors.push({ name: 'nobody', role: null, isEverywhere: false, userId: 0, token: '', call: callAs(server, null) });
  const made = new Map<string, Promise<Ids>>();
  const scene: MatrixScene = {
    server,
    admin,
    actors,
    secrets: new Set([adminToken, ...actors.map(({ token }) => token).filter(Boolean)]),
    fleetId: (home) => fleets[home],
    thing(kind, home, fresh = false) {
      if (fresh) return makers[kind](scene, home);
      const key = `${kind} ${home}`;
      const thing = made.get(key) ?? makers[kind](scene, home);
      made.set(key, thing);
      return thing;
    },
  };
  return scene;
}

type Maker = (scene: MatrixScene, home: Home) => Promise<Ids>;

async function ask(scene: MatrixScene, ...[method, path, body]: Parameters<Call>) {
  const answer = await scene.admin(method, path, body);
  if (answer.status >= 300)
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A fleet only where one is meant: absent is everywhere. */
const inFleet = (fleetId: number | null) => (fleetId === null ? {} : { fleet_id: fleetId });
const rolesIn = (fleetId: number | null) =>
  fleetId === null ? { global_role: 'observer' as const } : { fleets: [{ id: fleetId, role: 'observer' as const }] };
/** What another system says of a device with no app on it. */
export const mobileDevice = () => ({ platform: 'ios', name: 'phone', os_version: '17.4', software: [] });
const fresh = () => randomUUID().slice(0, 8);

const makers: Record<Kind, Maker> = {
  async host(scene, home) {
    const identifier = randomUUID();
    const agent = await enrolAgent(scene.server, identifier);
    if (agent.hostId === 0) throw new Error('a host could not enrol');
    scene.secrets.add(agent.nodeKey);
    await ask(scene, 'POST', '/hosts/transfer', { hosts: [agent.hostId], fleet_id: scene.fleetId(home) });
    return { host: agent.hostId, identifier };
  },

  async device(scene, home) {
    const identifier = randomUUID();
    const path = `/api/v1/flotilla/mobile-devices/${identifier}`;
    await ask(scene, 'PUT', path, { ...mobileDevice(), fleet_id: scene.fleetId(home) });
    return { identifier };
  },

  async fleet(scene, home) {
    const id = scene.fleetId(home);
    return { fleet: id ?? (await addFleet(scene.admin, `fleet ${fresh()}`)) };
  },

  async label(scene, home) {
    const name = `label ${fresh()}`;
    const body = { name, query: 'select 1', ...inFleet(scene.fleetId(home)) };
    return { label: (await ask(scene, 'POST', '/labels', body)).label.id, name };
  },

  async policy(scene, home) {
    const fleetId = scene.fleetId(home);
    const path = fleetId === null ? '/global/policies' : `/fleets/${fleetId}/policies`;
    const { policy } = await ask(scene, 'POST', path, { name: `policy ${fresh()}`, query: 'select 1' });
    return { policy: policy.id, fleet: fleetId ?? 0 };
  },

  async package(scene, home) {
    const name = `matrix-${fresh()}`;
    const { status, body } = await upload(scene.server, [...scene.secrets][0] ?? '', {
      file: await buildDeb(name, '1.1'),
      fields: { fleet_id: String(scene.fleetId(home) ?? 0) },
    });
    if (status !== 200) throw new Error(`upload answered ${status}: ${JSON.stringify(body)}`);
    return { title: body.software_package.title_id, software: name };
  },

  async task(scene, home) {
    const { host } = await makers.host(scene, home);
    const { title } = await scene.thing('package', home);
    await ask(scene, 'POST', `/hosts/${host}/software/${title}/install`);
    const { activities } = await ask(scene, 'GET', `/hosts/${host}/activities/upcoming`);
    return { host: host ?? 0, title: title ?? 0, task: activities[0].uuid ?? activities[0].details.install_uuid };
  },

  async script(scene, home) {
    const { host } = await makers.host(scene, home);
    const run = await ask(scene, 'POST', '/scripts/run', { host_id: host, script_contents: 'true' });
    return { host: host ?? 0, script: run.execution_id };
  },

  async rollout(scene, home) {
    const { title, software } = await makers.package(scene, home);
    const agent = await enrolAgent(scene.server);
    scene.secrets.add(agent.nodeKey);
    const fleetId = scene.fleetId(home);
    await ask(scene, 'POST', '/hosts/transfer', { hosts: [agent.hostId], fleet_id: fleetId });
    await agent.report({ deb_packages: [deb(String(software), '1.0')] });
    const body = { title_id: title, ...inFleet(fleetId) };
    return { rollout: (await ask(scene, 'POST', '/api/v1/flotilla/rollouts', body)).rollout.id, title: title ?? 0 };
  },

  async exception(scene, home) {
    const { title } = await scene.thing('package', 'none');
    const body = { title_id: title, status: 'accepted', reason: 'x', ...inFleet(scene.fleetId(home)) };
    const { exception } = await ask(scene, 'POST', '/api/v1/flotilla/exceptions', body);
    return { exception: exception.id };
  },

  async user(scene, home) {
    const body = { name: 'thing', email: `${fresh()}@example.org`, api_only: true, ...rolesIn(scene.fleetId(home)) };
    const { user, token } = await ask(scene, 'POST', '/users/admin', body);
    scene.secrets.add(token);
    return { user: user.id };
  },

  async session(scene, home) {
    const { user } = await makers.user(scene, home);
    const { sessions } = await ask(scene, 'GET', `/users/${user}/sessions`);
    return { user: user ?? 0, session: sessions[0].session_id };
  },

  async invite(scene, home) {
    const body = { name: 'guest', email: `${fresh()}@example.org`, ...rolesIn(scene.fleetId(home)) };
    const { invite, token } = await ask(scene, 'POST', '/invites', body);
    scene.secrets.add(token);
    return { invite: invite.id };
  },

  secret: async (scene) => ({ secret: scene.server.enrolSecret }),
};
