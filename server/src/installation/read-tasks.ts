import type { StepResult } from '@flotilla/contract/agent';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type * as contract from '@flotilla/contract/tasks';
import { readHost } from '../hosts/index.ts';
import { pageMeta } from '../inventory/index.ts';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type Db, inOneSnapshot, inTransaction, type Tx } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { statusOf } from './install-status.ts';
import { readPackages } from './queries/packages.ts';
import * as queries from './queries/read-tasks.ts';
import { mainScript } from './task-payload.ts';
import { isOver } from './task-states.ts';

const PAGE = 20;
type Paging = QueryOf<typeof contract.hostTasks>;

/** What a host is to do and did, newest first. */
export async function listHostTasks(
  ctx: Context,
  hostId: number,
  paging: Paging,
): Promise<ResponseOf<typeof contract.hostTasks>> {
  await readHost(ctx, hostId);
  const limit = paging.per_page ?? PAGE;
  const offset = (paging.page ?? 0) * limit;
  const [rows, count] = await Promise.all([
    queries.listTasks(ctx.db, hostId, { offset, limit }),
    queries.countOnHost(ctx.db, hostId),
  ]);
  return { tasks: rows.map(toTask), count, meta: pageMeta(offset, limit, count) };
}

function toTask(row: queries.NamedTask): contract.Task {
  return {
    id: row.id,
    host_id: row.host_id,
    host_display_name: row.host_name,
    kind: row.kind,
    state: row.state,
    step: row.step as contract.Task['step'],
    is_over: isOver(row.state),
    title_id: row.title_id,
    title: row.title,
    version: row.version,
    package: row.file_name,
    attempt: row.attempt,
    most_attempts: row.most_attempts,
    not_before: row.state === 'queued' ? row.not_before.toISOString() : null,
    reason: row.reason,
    cancel_requested: row.cancel_requested,
    on_hold: row.on_hold,
    requested_by: row.requested_by,
    policy_id: row.policy_id,
    rollout_id: row.rollout_id,
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

async function find(ctx: Context, db: Db | Tx, id: string): Promise<queries.NamedTask> {
  permitSome(ctx.actor, 'hosts:read');
  const row = await queries.findTask(db, id);
  if (!row) throw notFound(`Task ${id}`);
  permitIn(ctx.actor, 'hosts:read', { fleetId: row.host_fleet_id, thing: `Task ${id}` });
  return row;
}

/** One task with everything that happened to it, all of one moment. @throws AppError `not_found` */
export async function readTask(ctx: Context, id: string): Promise<contract.TaskDetail> {
  return inTransaction(ctx, async (tx) => {
    await inOneSnapshot(tx);
    const row = await find(ctx, tx, id);
    const events = await queries.readEvents(tx, id);
    const results = await queries.readResults(tx, id);
    const packages = await readPackages(tx, row.package_id === null ? [] : [row.package_id]);
    return {
      ...toTask(row),
      script: mainScript(row, packages[0] ?? null),
      events: events.map(({ at, from_state, to_state, by, reason }) => ({
        at: at.toISOString(),
        from: from_state || null,
        to: to_state,
        by,
        reason,
      })),
      results: results.map((result) => ({ ...result, at: result.at.toISOString() })),
    };
  });
}

const stepOf = (steps: StepResult[] | undefined, name: StepResult['step']) => steps?.find(({ step }) => step === name);

function outputOf(step: StepResult | undefined): string | null {
  if (!step) return null;
  const how = step.timed_out ? 'Time limit' : step.exit_code === 0 ? 'Success' : `Failed, exit code ${step.exit_code}`;
  return `${how}\n${step.output}`;
}

/** How an installation went, as Fleet's API tells it. */
export async function readInstallResults(
  ctx: Context,
  id: string,
): Promise<ResponseOf<typeof contract.installResults>['results']> {
  const row = await find(ctx, ctx.db, id);
  const status = statusOf(row);
  if (row.kind !== 'install') throw notFound(`Installation ${id}`);
  const last = (await queries.readResults(ctx.db, id)).at(-1);
  return {
    install_uuid: row.id,
    software_title: row.title,
    software_title_id: row.title_id,
    software_package: row.file_name,
    host_id: row.host_id,
    host_display_name: row.host_name,
    status: status === 'installed' || status === 'pending_install' ? status : 'failed_install',
    output: outputOf(stepOf(last?.steps, 'install')) ?? (last ? last.reason : null),
    pre_install_query_output: stepOf(last?.steps, 'pre_install_query')?.output ?? null,
    post_install_script_output: outputOf(stepOf(last?.steps, 'post_install')),
    created_at: row.created_at.toISOString(),
    updated_at: row.ended_at?.toISOString() ?? last?.at.toISOString() ?? null,
    self_service: false,
    policy_id: row.policy_id,
  };
}

/** How a script went, or the removal of software, which is one. */
export async function readScriptResults(ctx: Context, id: string): Promise<ResponseOf<typeof contract.scriptResults>> {
  const row = await find(ctx, ctx.db, id);
  if (row.kind === 'install') throw notFound(`Script execution ${id}`);
  const [results, packages] = await Promise.all([
    queries.readResults(ctx.db, id),
    readPackages(ctx.db, row.package_id === null ? [] : [row.package_id]),
  ]);
  const step = results.at(-1)?.steps.at(-1);
  return {
    script_contents: mainScript(row, packages[0] ?? null),
    script_id: null,
    exit_code: step?.timed_out ? -1 : (step?.exit_code ?? null),
    output: step?.output ?? '',
    message: row.reason,
    hostname: row.host_name,
    host_timeout: step?.timed_out ?? false,
    host_id: row.host_id,
    execution_id: row.id,
    runtime: Math.round(step?.runtime_seconds ?? 0),
    created_at: row.created_at.toISOString(),
  };
}

const UPCOMING: Record<queries.NamedTask['kind'], string> = {
  install: 'installed_software',
  uninstall: 'uninstalled_software',
  script: 'ran_script',
};

/** What a host is still to do, in order. */
export async function listUpcoming(
  ctx: Context,
  hostId: number,
  paging: Paging,
): Promise<ResponseOf<typeof contract.upcomingActivities>> {
  await readHost(ctx, hostId);
  const rows = await queries.listOpen(ctx.db, hostId);
  const limit = paging.per_page ?? PAGE;
  const first = (paging.page ?? 0) * limit;
  return {
    count: rows.length,
    activities: rows.slice(first, first + limit).map(toUpcoming),
    meta: pageMeta(first, limit, rows.length),
  };
}

function toUpcoming(row: queries.NamedTask) {
  return {
    uuid: row.id,
    ...(row.account_id !== null && { actor_id: row.account_id }),
    actor_full_name: row.account_id === null ? 'Flotilla' : row.requested_by,
    actor_email: '',
    actor_gravatar: '',
    actor_api_only: false,
    fleet_initiated: row.account_id === null,
    created_at: row.created_at.toISOString(),
    type: UPCOMING[row.kind],
    details: {
      host_id: row.host_id,
      host_display_name: row.host_name,
      software_title: row.title,
      software_package: row.file_name,
      ...(row.kind === 'install' ? { install_uuid: row.id } : { script_execution_id: row.id }),
      status: row.kind === 'install' ? 'pending_install' : row.kind === 'uninstall' ? 'pending_uninstall' : 'pending',
      self_service: false,
      policy_id: row.policy_id,
      policy_name: null,
    },
  };
}
