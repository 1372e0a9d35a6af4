import type { TaskResult } from '@flotilla/contract/agent';
import {
  OrbitDeviceTokenBody,
  OrbitEnrollBody,
  OrbitInstallResultBody,
  OrbitScriptResultBody,
  orbitRoutes,
} from '@flotilla/contract/orbit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { readHostSettings } from '../fleets/index.ts';
import { enrolHost, recordDeviceToken, recordHostProblem, type SeenBuffer } from '../hosts/index.ts';
import { orbitTasks } from '../installation/index.ts';
import type { Context } from '../kernel/context.ts';
import { type AgentBody, readAgentBody } from './agent-body.ts';
import type { HostSession, HostSessions } from './host-sessions.ts';

export interface OrbitApi {
  ctx: Context;
  seen: SeenBuffer;
  sessions: HostSessions;
}

interface Call {
  json: Record<string, unknown>;
  session: HostSession;
  reply: FastifyReply;
}

const SCRIPT_SECONDS = 3600;
const RETRY_AFTER_SECONDS = 5;
/** What we can do, as Fleet names it; agents leave out what a server does not list. */
const CAPABILITIES = 'orbit_endpoints,token_rotation';

/** What Fleet's own agents speak. They look at the status: 401 makes them enrol again, others are tried again or given up. */
export function addOrbitApi(app: FastifyInstance, api: OrbitApi): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', readAgentBody);
    scope.setErrorHandler((error, request, reply) => {
      api.ctx.log.error({ err: error, path: request.routeOptions.url }, 'agent request failed');
      return refuse(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, 'temporarily unavailable: try again');
    });
    const hide = { schema: { hide: true } };
    scope.addHook('onSend', async (_request, reply) => void reply.header('x-fleet-capabilities', CAPABILITIES));
    scope.head(orbitRoutes.ping.path, hide, async (_request, reply) => reply.send());
    scope.head(orbitRoutes.devicePing.path, hide, async (_request, reply) => reply.send());
    scope.post(orbitRoutes.enroll.path, hide, (request, reply) => enrol(api, request, reply));
    for (const [name, handle] of Object.entries(calls(api))) {
      const { path } = orbitRoutes[name as keyof typeof orbitRoutes];
      scope.post(path, hide, (request, reply) => asHost(api, { request, reply, handle }));
    }
  });
}

const refuse = (reply: FastifyReply, status: number, reason: string) =>
  reply.code(status).send({ message: reason, errors: [{ name: 'base', reason }] });

const readJson = ({ body }: FastifyRequest) => {
  const read = body as AgentBody | undefined;
  return read && 'json' in read ? read.json : null;
};

const enrollBody = Compile(OrbitEnrollBody);

async function enrol({ ctx }: OrbitApi, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const json = readJson(request);
  if (json === null || !enrollBody.Check(json)) return refuse(reply, 400, 'the body does not enrol anything');
  const identifier = json.osquery_identifier || json.hardware_uuid;
  if (identifier.trim() === '') return refuse(reply, 400, 'hardware_uuid is empty');
  const system = {
    uuid: json.hardware_uuid,
    hostname: json.hostname,
    computer_name: json.computer_name,
    hardware_serial: json.hardware_serial,
  };
  const enrolled = await enrolHost(ctx, {
    kind: 'agent',
    secret: json.enroll_secret,
    identifier,
    address: request.ip,
    details: {
      system_info: Object.fromEntries(Object.entries(system).map(([name, value]) => [name, value ?? ''])),
      os_version: { platform: json.platform ?? '' },
    },
  });
  if ('refused' in enrolled) return refuse(reply, enrolled.status, enrolled.refused);
  return reply.send({ orbit_node_key: enrolled.nodeKey });
}

async function asHost(
  { sessions, seen }: OrbitApi,
  {
    request,
    reply,
    handle,
  }: { request: FastifyRequest; reply: FastifyReply; handle: (call: Call) => Promise<unknown> },
): Promise<FastifyReply> {
  const json = readJson(request);
  if (json === null) return refuse(reply, 400, 'the body is not a JSON object');
  // Older agents misspell it in one call.
  const key = json.orbit_node_key ?? json.orbot_node_key;
  const session = typeof key === 'string' ? await sessions.find('agent', key) : null;
  if (!session) return refuse(reply, 401, 'unknown orbit node key: enrol again');
  seen.note(session.hostId, request.ip);
  const answer = await handle({ json, session, reply });
  return reply.sent || answer === reply ? reply : reply.send(answer);
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function calls({ ctx }: OrbitApi): Record<string, (call: Call) => Promise<unknown>> {
  return {
    config: ({ session }) => configOf(ctx, session),
    deviceToken: (call) => takeDeviceToken(ctx, call),
    async scriptRequest({ json, session, reply }) {
      const task = await orbitTasks.begin(ctx, session.hostId, text(json.execution_id));
      if (!task || task.kind === 'install') return refuse(reply, 404, 'there is no such script for this host');
      return {
        host_id: session.hostId,
        execution_id: task.id,
        script_contents: task.script,
        timeout: SCRIPT_SECONDS,
        output: '',
        runtime: 0,
        exit_code: null,
        message: '',
      };
    },
    async installDetails({ json, session, reply }) {
      const task = await orbitTasks.begin(ctx, session.hostId, text(json.install_uuid));
      if (task?.kind !== 'install' || !task.package)
        return refuse(reply, 404, 'there is no such installation for this host');
      return {
        install_id: task.id,
        installer_id: task.package.id,
        pre_install_condition: task.preInstallQuery,
        install_script: task.script,
        uninstall_script: task.rollbackScript,
        post_install_script: task.postInstallScript,
        self_service: false,
      };
    },
    async installPackage({ json, session, reply }) {
      const file = await orbitTasks.openPackage(ctx, session.hostId, Number(json.installer_id));
      if (!file) return refuse(reply, 404, 'no installation that runs on this host needs it');
      reply.headers({
        'content-type': 'application/octet-stream',
        'content-length': file.size,
        'content-disposition': `attachment; filename="${file.fileName.replace(/[^\w.+~-]/g, '_')}"`,
      });
      return reply.send(file.stream);
    },
    scriptResult: (call) =>
      finish(ctx, call, { body: scriptResultBody, idField: 'execution_id', status: 200, toResult: scriptResult }),
    installResult: (call) =>
      finish(ctx, call, { body: installResultBody, idField: 'install_uuid', status: 204, toResult: installResult }),
  };
}

async function configOf(ctx: Context, { hostId, fleetId }: HostSession) {
  const [pending, { agentOptions }] = await Promise.all([
    orbitTasks.pending(ctx, hostId),
    readHostSettings(ctx, fleetId),
  ]);
  return {
    script_execution_timeout: SCRIPT_SECONDS,
    command_line_startup_flags: agentOptions.command_line_flags ?? {},
    extensions: {},
    nudge_config: null,
    update_channels: null,
    notifications: {
      ...NOT_OURS,
      pending_script_execution_ids: pending.scripts,
      pending_software_installer_ids: pending.installs,
    },
  };
}

/** What Fleet's server may want of a host beyond software. */
const NOT_OURS = {
  renew_enrollment_profile: false,
  rotate_disk_encryption_key: false,
  needs_mdm_migration: false,
  needs_programmatic_windows_mdm_enrollment: false,
  windows_mdm_discovery_endpoint: '',
  needs_programmatic_windows_mdm_unenrollment: false,
  enforce_bitlocker_encryption: false,
  enable_bitlocker_pin_protector_config: false,
  run_setup_experience: false,
  run_disk_encryption_escrow: false,
};

const deviceTokenBody = Compile(OrbitDeviceTokenBody);

async function takeDeviceToken(ctx: Context, { json, session, reply }: Call): Promise<unknown> {
  if (!deviceTokenBody.Check(json)) {
    return refuse(reply, 400, 'device_auth_token is not a random text of 20 to 255 characters');
  }
  const isTaken = await recordDeviceToken(ctx, session.hostId, json.device_auth_token);
  return isTaken ? {} : refuse(reply, 409, 'device_auth_token is in use: make another');
}

const scriptResultBody = Compile(OrbitScriptResultBody);
const installResultBody = Compile(OrbitInstallResultBody);

interface Ending {
  body: { Check(json: unknown): boolean };
  idField: string;
  status: number;
  toResult: (json: Record<string, unknown>) => TaskResult;
}

async function finish(
  ctx: Context,
  { json, session, reply }: Call,
  { body, idField, status, toResult }: Ending,
): Promise<unknown> {
  const id = text(json[idField]);
  const isTask =
    UUID.test(id) && body.Check(json) && (await orbitTasks.finish(ctx, session.hostId, { id, result: toResult(json) }));
  if (isTask) return reply.code(status).send(status === 204 ? undefined : {});
  await recordHostProblem(ctx, session.hostId, {
    kind: 'unknown task',
    detail: `a result for ${idField} that it never had`,
  });
  return refuse(reply, 404, 'there is no such task for this host');
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const MOST_OUTPUT = 64 * 1024;

function step(
  name: TaskResult['steps'][number]['step'],
  exitCode: number,
  output: string | undefined,
): TaskResult['steps'][number] {
  const whole = (output ?? '').replaceAll('\0', '').toWellFormed();
  return {
    step: name,
    // Fleet's agents say -1 for a script that they had to end.
    exit_code: exitCode === -1 ? null : exitCode,
    output: whole.slice(-MOST_OUTPUT),
    cut: whole.length > MOST_OUTPUT,
    timed_out: exitCode === -1,
    runtime_seconds: 0,
  };
}

const why = (name: string, exitCode: number) => {
  if (exitCode === -2) return 'scripts are disabled on the host';
  return exitCode === -1 ? `${name} took too long` : `${name} ended with exit code ${exitCode}`;
};

function scriptResult(json: Record<string, unknown>): TaskResult {
  const { exit_code: code, output, runtime = 0 } = json as OrbitScriptResultBody;
  const steps = [{ ...step('script', code, output), runtime_seconds: runtime }];
  return { outcome: code === 0 ? 'succeeded' : 'failed', reason: code === 0 ? '' : why('the script', code), steps };
}

/** The post-install script decides where it ran, else the install script, else the query before. */
function installResult(json: Record<string, unknown>): TaskResult {
  const body = json as OrbitInstallResultBody;
  const { install_script_exit_code: install, post_install_script_exit_code: after } = body;
  const steps: TaskResult['steps'] = [];
  if (body.pre_install_condition_output !== undefined) {
    steps.push(step('pre_install_query', 0, body.pre_install_condition_output));
  }
  if (install !== undefined) steps.push(step('install', install, body.install_script_output));
  if (after !== undefined) steps.push(step('post_install', after, body.post_install_script_output));
  if (install === undefined) return { outcome: 'failed', reason: 'the pre-install query returned no rows', steps };
  const reason =
    install !== 0 ? why('the install script', install) : after ? why('the post-install script', after) : '';
  return { outcome: reason === '' ? 'succeeded' : 'failed', reason, steps };
}
