import Type, { type Static, type TSchema } from 'typebox';
import type { Route } from './route.ts';

const Text = Type.Optional(Type.String({ maxLength: 4096 }));
const key = { orbit_node_key: Type.String() };

/** How Flotilla's agent enrols, and Fleet's own. `osquery_identifier` is what its osquery calls itself, if not the uuid. */
export const OrbitEnrollBody = Type.Object({
  enroll_secret: Type.String(),
  hardware_uuid: Type.String({ maxLength: 255 }),
  hardware_serial: Text,
  hostname: Text,
  platform: Text,
  platform_like: Text,
  osquery_identifier: Text,
  computer_name: Text,
  hardware_model: Text,
});
export type OrbitEnrollBody = Static<typeof OrbitEnrollBody>;

export const OrbitInstallResultBody = Type.Object({
  ...key,
  install_uuid: Type.String(),
  pre_install_condition_output: Type.Optional(Type.String()),
  install_script_exit_code: Type.Optional(Type.Integer()),
  install_script_output: Type.Optional(Type.String()),
  post_install_script_exit_code: Type.Optional(Type.Integer()),
  post_install_script_output: Type.Optional(Type.String()),
});
export type OrbitInstallResultBody = Static<typeof OrbitInstallResultBody>;

export const OrbitScriptResultBody = Type.Object({
  ...key,
  execution_id: Type.String(),
  output: Type.String(),
  runtime: Type.Optional(Type.Number({ description: 'seconds' })),
  exit_code: Type.Integer(),
  timeout: Type.Optional(Type.Integer()),
});
export type OrbitScriptResultBody = Static<typeof OrbitScriptResultBody>;

/** What opens the page of a host. Whoever holds it must not have guessed it. */
export const OrbitDeviceTokenBody = Type.Object({
  ...key,
  device_auth_token: Type.String({ pattern: '^[\\w-]{20,255}$' }),
});
export type OrbitDeviceTokenBody = Static<typeof OrbitDeviceTokenBody>;

const route = <B extends TSchema>(name: string, summary: string, body: B) =>
  ({ method: 'POST', path: `/api/fleet/orbit/${name}`, summary, access: 'node-key', body }) as const satisfies Route;

/** What Fleet's own agents speak, as far as software goes. A key that is not known answers 401: enrol again. */
export const orbitRoutes = {
  enroll: { ...route('enroll', 'Enrol with a secret', OrbitEnrollBody), access: 'public' },
  ping: {
    method: 'HEAD',
    path: '/api/fleet/orbit/ping',
    summary: 'Whether the server speaks to agents',
    access: 'public',
  },
  devicePing: {
    method: 'HEAD',
    path: '/api/fleet/device/ping',
    summary: 'The same for the page of a host',
    access: 'public',
  },
  config: route('config', 'What is pending for the host', Type.Object(key)),
  scriptRequest: route('scripts/request', 'A script to run', Type.Object({ ...key, execution_id: Type.String() })),
  scriptResult: route('scripts/result', 'Its result', OrbitScriptResultBody),
  deviceToken: route('device_token', 'The token of the page of this host', OrbitDeviceTokenBody),
  installDetails: route(
    'software_install/details',
    'How to install',
    Type.Object({ ...key, install_uuid: Type.String() }),
  ),
  installPackage: route(
    'software_install/package',
    'What to install',
    Type.Object({ ...key, installer_id: Type.Integer() }),
  ),
  installResult: route('software_install/result', 'How it went', OrbitInstallResultBody),
} as const satisfies Record<string, Route>;
