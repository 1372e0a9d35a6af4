import Type, { type Static } from 'typebox';
import { activityFields } from './activities.ts';
import { StepResult, taskSteps } from './agent.ts';
import type { Route } from './route.ts';
import { IdParams, Meta, Nullable, Paging, Timestamp } from './shapes.ts';

/** Where a task is. The last six are ends. */
export const taskStates = [
  'queued',
  'offered',
  'running',
  'reported',
  'verified',
  'unverified',
  'failed',
  'cancelled',
  'expired',
  'lost',
] as const;
export type TaskState = (typeof taskStates)[number];

const Uuid = Type.String({ format: 'uuid' });
const HostTitleParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: 2147483647 }),
  software_title_id: Type.Integer({ minimum: 1, maximum: 2147483647 }),
});

const request = {
  method: 'POST',
  access: 'hosts:install',
  reach: 'fleets',
  params: HostTitleParams,
  status: 202,
  response: Type.Object({ task_id: Type.Optional(Type.String()) }),
} as const;

export const installSoftware = {
  ...request,
  path: '/api/v1/fleet/hosts/:id/software/:software_title_id/install',
  summary: 'Install the newest package of a title on a host',
  query: Type.Object({
    installer_id: Type.Optional(Type.Integer({ minimum: 1, description: 'another of its packages' })),
  }),
} as const satisfies Route;

export const uninstallSoftware = {
  ...request,
  path: '/api/v1/fleet/hosts/:id/software/:software_title_id/uninstall',
  summary: 'Remove a title from a host',
} as const satisfies Route;

export const installResults = {
  method: 'GET',
  path: '/api/v1/fleet/software/install/:install_uuid/results',
  summary: 'How an installation went',
  access: 'hosts:read',
  reach: 'fleets',
  params: Type.Object({ install_uuid: Uuid }),
  response: Type.Object({
    results: Type.Object({
      install_uuid: Type.String(),
      software_title: Type.String(),
      software_title_id: Nullable(Type.Integer()),
      software_package: Type.String(),
      host_id: Type.Integer(),
      host_display_name: Type.String(),
      status: Type.Enum(['installed', 'pending_install', 'failed_install']),
      output: Nullable(Type.String()),
      pre_install_query_output: Nullable(Type.String()),
      post_install_script_output: Nullable(Type.String()),
      created_at: Timestamp,
      updated_at: Nullable(Timestamp),
      self_service: Type.Boolean(),
      policy_id: Nullable(Type.Integer()),
    }),
  }),
} as const satisfies Route;

export const runScript = {
  method: 'POST',
  path: '/api/v1/fleet/scripts/run',
  summary: 'Run a script on a host',
  access: 'hosts:install',
  reach: 'fleets',
  status: 202,
  body: Type.Object({
    host_id: Type.Integer({ minimum: 1, maximum: 2147483647 }),
    script_contents: Type.String({ minLength: 1, maxLength: 10_000 }),
  }),
  response: Type.Object({ host_id: Type.Integer(), execution_id: Type.String() }),
} as const satisfies Route;

export const scriptResults = {
  method: 'GET',
  path: '/api/v1/fleet/scripts/results/:execution_id',
  summary: 'How a script went; an uninstallation is one too',
  access: 'hosts:read',
  reach: 'fleets',
  params: Type.Object({ execution_id: Uuid }),
  response: Type.Object({
    script_contents: Type.String(),
    script_id: Type.Null(),
    exit_code: Nullable(Type.Integer()),
    output: Type.String(),
    message: Type.String(),
    hostname: Type.String(),
    host_timeout: Type.Boolean(),
    host_id: Type.Integer(),
    execution_id: Type.String(),
    runtime: Type.Integer({ description: 'seconds' }),
    created_at: Timestamp,
  }),
} as const satisfies Route;

const TaskEvent = Type.Object({
  at: Timestamp,
  from: Nullable(Type.String()),
  to: Type.String(),
  by: Type.String({ description: 'who: a person, a policy, a rollout, the host or the server' }),
  reason: Type.String(),
});

export const Task = Type.Object({
  id: Type.String(),
  host_id: Type.Integer(),
  host_display_name: Type.String(),
  kind: Type.Enum(['install', 'uninstall', 'script']),
  state: Type.Enum(taskStates),
  step: Nullable(Type.Enum(taskSteps, { description: 'where the host is with it, while it runs' })),
  is_over: Type.Boolean(),
  title_id: Nullable(Type.Integer()),
  title: Type.String(),
  version: Type.String({ description: 'of the package; empty when there is none' }),
  package: Type.String({ description: 'file name; empty when there is none' }),
  attempt: Type.Integer(),
  most_attempts: Type.Integer(),
  not_before: Nullable(Timestamp),
  reason: Type.String({ description: 'why it is where it is, in a sentence' }),
  cancel_requested: Type.Boolean(),
  on_hold: Type.Boolean({ description: 'its rollout is paused or halted' }),
  requested_by: Type.String(),
  policy_id: Nullable(Type.Integer()),
  rollout_id: Nullable(Type.Integer()),
  created_at: Timestamp,
  ended_at: Nullable(Timestamp),
});
export type Task = Static<typeof Task>;

export const hostTasks = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/tasks',
  summary: 'What a host is to do and did, newest first',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object(Paging),
  response: Type.Object({ tasks: Type.Array(Task), count: Type.Integer(), meta: Meta }),
} as const satisfies Route;

export const TaskDetail = Type.Object({
  ...Task.properties,
  script: Type.String({ description: 'of the last attempt' }),
  events: Type.Array(TaskEvent),
  results: Type.Array(
    Type.Object({
      attempt: Type.Integer(),
      at: Timestamp,
      outcome: Type.String(),
      reason: Type.String(),
      steps: Type.Array(StepResult),
    }),
  ),
});
export type TaskDetail = Static<typeof TaskDetail>;

export const getTask = {
  method: 'GET',
  path: '/api/v1/flotilla/tasks/:id',
  summary: 'One task with everything that happened to it',
  access: 'hosts:read',
  reach: 'fleets',
  params: Type.Object({ id: Uuid }),
  response: Type.Object({ task: TaskDetail }),
} as const satisfies Route;

export const upcomingActivities = {
  method: 'GET',
  path: '/api/v1/fleet/hosts/:id/activities/upcoming',
  summary: 'What a host is still to do, in order',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object(Paging),
  response: Type.Object({
    count: Type.Integer(),
    activities: Type.Array(Type.Object({ uuid: Type.String(), ...activityFields })),
    meta: Meta,
  }),
} as const satisfies Route;

export const cancelUpcoming = {
  method: 'DELETE',
  path: '/api/v1/fleet/hosts/:id/activities/upcoming/:activity_id',
  summary: 'Cancel something a host is to do; of what runs already the result still counts',
  access: 'hosts:install',
  reach: 'fleets',
  params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2147483647 }), activity_id: Uuid }),
} as const satisfies Route;

export const StopState = Type.Object({
  stopped: Type.Boolean(),
  since: Nullable(Timestamp),
  by: Type.String(),
  reason: Type.String(),
  queued: Type.Integer({ description: 'tasks that wait' }),
  running: Type.Integer({ description: 'tasks whose scripts may be running: they end by themselves' }),
});
export type StopState = Static<typeof StopState>;

export const readStop = {
  method: 'GET',
  path: '/api/v1/flotilla/stop',
  summary: 'Whether everything is stopped',
  access: 'hosts:read',
  reach: 'fleets',
  response: StopState,
} as const satisfies Route;

export const stopEverything = {
  method: 'POST',
  path: '/api/v1/flotilla/stop',
  summary: 'The global stop: no host begins another script until it is lifted',
  access: 'stop:write',
  body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1000 })) }),
  response: StopState,
} as const satisfies Route;

export const liftStop = {
  method: 'DELETE',
  path: '/api/v1/flotilla/stop',
  summary: 'Lift the global stop',
  access: 'stop:write',
  response: StopState,
} as const satisfies Route;
