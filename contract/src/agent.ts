import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';

/** The version of what is said here. A server answers every version it lists; an agent speaks one. */
export const AGENT_PROTOCOL = 1;

const Text = Type.String({ maxLength: 4096 });
const Attempt = Type.Integer({ minimum: 1, maximum: 1_000_000 });
/** A task and which attempt at it: what an agent does at most once. */
const TaskRef = Type.Object({ id: Type.String({ format: 'uuid' }), attempt: Attempt });
export type TaskRef = Static<typeof TaskRef>;

/** A script that ran: `exit_code` is null when it did not end by itself. */
export const StepResult = Type.Object({
  step: Type.Enum(['pre_install_query', 'install', 'post_install', 'rollback', 'uninstall', 'script']),
  exit_code: Type.Union([Type.Integer(), Type.Null()]),
  output: Type.String({ description: 'the end of what it wrote, within the bound of the task' }),
  cut: Type.Boolean({ description: 'there was more output than the bound' }),
  timed_out: Type.Boolean(),
  runtime_seconds: Type.Number({ minimum: 0 }),
});
export type StepResult = Static<typeof StepResult>;

export const TaskResult = Type.Object({
  outcome: Type.Enum(['succeeded', 'failed', 'interrupted'], {
    description: 'interrupted: the host went down in the middle, nobody knows how far it came',
  }),
  reason: Type.String({ maxLength: 1000, description: 'why it did not succeed, in a sentence; else empty' }),
  steps: Type.Array(StepResult, { maxItems: 8 }),
});
export type TaskResult = Static<typeof TaskResult>;

export const taskSteps = [
  'downloading',
  'installing',
  'post_install',
  'rolling_back',
  'uninstalling',
  'running',
] as const;

/**
 * What an agent says of a task. `accepted`: it is in the journal on disk, and nothing has run. `progress`: where it is.
 * `declined`: it was accepted and will not run. `finished`: with the result, said until the server has settled it.
 */
export const TaskReport = Type.Union([
  Type.Object({ ...TaskRef.properties, state: Type.Literal('accepted') }),
  Type.Object({ ...TaskRef.properties, state: Type.Literal('progress'), step: Type.Enum(taskSteps) }),
  Type.Object({ ...TaskRef.properties, state: Type.Literal('declined'), reason: Text }),
  Type.Object({ ...TaskRef.properties, state: Type.Literal('finished'), result: TaskResult }),
]);
export type TaskReport = Static<typeof TaskReport>;

/** Everything an agent needs to run a task, sent once it has accepted it. */
export const AgentTask = Type.Object({
  ...TaskRef.properties,
  kind: Type.Enum(['install', 'uninstall', 'script']),
  package: Type.Union([
    Type.Object({
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      size: Type.Integer({ minimum: 0, description: 'bytes' }),
      file_name: Type.String(),
    }),
    Type.Null(),
  ]),
  pre_install_query: Type.Union([Type.String(), Type.Null()]),
  /** `main` is the install, uninstall or other script. `rollback` runs when `post_install` fails. */
  scripts: Type.Object({
    main: Type.String(),
    post_install: Type.Union([Type.String(), Type.Null()]),
    rollback: Type.Union([Type.String(), Type.Null()]),
  }),
  /** What is known of the package, given to scripts as variables, so that it is data and never code. */
  environment: Type.Record(Type.String(), Type.String()),
  time_limit_seconds: Type.Integer({ minimum: 1, description: 'of each script' }),
  most_output_bytes: Type.Integer({ minimum: 0, description: 'kept of each script, from its end' }),
});
export type AgentTask = Static<typeof AgentTask>;

export const CheckInBody = Type.Object({
  node_key: Type.String(),
  protocol: Type.Integer({ minimum: 1 }),
  sequence: Type.Integer({
    minimum: 0,
    description: 'counts the calls of a host, also over restarts; one that is sent again keeps its number',
  }),
  agent_version: Text,
  capabilities: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 }),
  time_zone: Type.Optional(
    Type.String({ maxLength: 64, description: 'by IANA’s name, as in Europe/Berlin; empty when it is not known' }),
  ),
  started: Type.Optional(
    Type.Boolean({ description: 'the first call of an agent that starts: what was asked before will not be answered' }),
  ),
  /** As in osquery's distributed write. */
  answers: Type.Optional(
    Type.Object({
      queries: Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Type.String()))),
      statuses: Type.Record(Type.String(), Type.Integer()),
      messages: Type.Record(Type.String(), Type.String()),
    }),
  ),
  tasks: Type.Optional(Type.Array(TaskReport, { maxItems: 100 })),
});
export type CheckInBody = Static<typeof CheckInBody>;

const Refs = (description: string) => Type.Array(TaskRef, { description });

export const CheckInAnswer = Type.Object({
  protocol: Type.Integer(),
  sequence: Type.Integer({ description: 'the one that is answered' }),
  queries: Type.Record(Type.String(), Type.String(), { description: 'SQL by name, to be run as one batch' }),
  has_more: Type.Boolean({ description: 'call again at once when these are answered' }),
  offers: Refs('tasks to write into the journal and accept'),
  run: Type.Array(AgentTask, { description: 'accepted tasks, to be run now' }),
  drop: Refs('accepted or finished, and not wanted any more: nothing of them may run'),
  settled: Refs('whose result is durable: the journal may forget it'),
  cancel: Refs(
    'running ones that nobody wants any more: declined while no script has begun, else they go to their end',
  ),
  stopped: Type.Boolean({ description: 'everything is stopped: no script may begin' }),
  poll_seconds: Type.Integer({ minimum: 1, description: 'call again after this long, when nothing nudges' }),
  ca_sha256: Type.Optional(
    Type.String({ description: 'of the CAs to trust: an agent that has others fetches them by `ca`' }),
  ),
});
export type CheckInAnswer = Static<typeof CheckInAnswer>;

const route = (name: string, summary: string) =>
  ({ method: 'POST', path: `/api/v1/flotilla/agent/${name}`, summary, access: 'node-key' }) as const satisfies Route;

/**
 * The addresses of an agent. It enrols by `orbit.enroll`. A key that is not known answers 401 with `node_invalid`:
 * enrol again. Any other failure has `error` and may be sent again as it is.
 */
export const agentRoutes = {
  checkIn: {
    ...route('check-in', 'Answers and results in, queries and tasks out'),
    body: CheckInBody,
    response: CheckInAnswer,
  },
  /**
   * Server-sent events: `nudge` (check in now), `stop` (no script may begin; check in). Comments keep the connection alive,
   * one every 50 seconds. The key travels as `Authorization: NodeKey …`.
   */
  stream: { ...route('stream', 'The stream that nudges'), method: 'GET' },
  /** The bytes of a package of a task the host runs now. The key travels as for `stream`. */
  package: { ...route('packages/:sha256', 'Download a package'), method: 'GET' },
  /** The certificates of the CAs to trust, as PEM: more than one while the CA is being changed. The key travels as for `stream`. */
  ca: { ...route('ca', 'The CAs to trust'), method: 'GET' },
} as const satisfies Record<string, Route>;
