import type * as contract from '@flotilla/contract/labels';
import type { BodyOf } from '@flotilla/contract/route';
import { recordActivity } from '../activity/index.ts';
import { holdFleet } from '../fleets/index.ts';
import { permit, permitIn } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { AppError, invalid, notFound } from '../kernel/errors.ts';
import { nameTaken, permitLabel, toStoredCriteria } from './label.ts';
import { readDetail } from './list-labels.ts';
import * as queries from './queries/label-changes.ts';
import { findLabel, findLabelByName, findLabelDetail, type LabelRow } from './queries/labels.ts';

type NewLabel = BodyOf<typeof contract.createLabel>;

/** What decides who is in a label: one of a query, hosts, and criteria. */
interface Membership {
  kind: 'dynamic' | 'manual' | 'host_vitals';
  query: string;
  platform: string;
  criteria: contract.Criteria | null;
}

/** Makes a label. @throws AppError `conflict` for a name in use, `validation_failed`, `not_found` for a fleet or hosts */
export async function createLabel(ctx: Context, body: NewLabel): Promise<contract.LabelDetail> {
  const fleetId = body.fleet_id ?? body.team_id ?? null;
  permitNew(ctx, fleetId);
  const id = await inTransaction(ctx, async (tx) => {
    await queries.lockLabels(tx);
    return insert(ctx, tx, { ...body, fleet_id: fleetId });
  });
  return readChanged(ctx, id);
}

/** Whoever writes labels need not read hosts. */
async function readChanged(ctx: Context, id: number): Promise<contract.LabelDetail> {
  const label = await findLabelDetail(ctx.db, id);
  if (!label) throw notFound(`Label ${id}`);
  return readDetail(ctx, label);
}

function permitNew(ctx: Context, fleetId: number | null): void {
  if (fleetId === null) permit(ctx.actor, 'labels:write');
  else permitIn(ctx.actor, 'labels:write', { fleetId, thing: `Fleet ${fleetId}` });
}

async function insert(ctx: Context, tx: Tx, body: NewLabel): Promise<number> {
  const fleetId = body.fleet_id ?? null;
  if (fleetId) {
    if (!(await holdFleet(tx, fleetId))) throw notFound(`Fleet ${fleetId}`);
  }
  const { kind, query, platform, criteria } = membershipOf(body);
  const id = await queries.insertLabel(tx, {
    name: body.name.trim(),
    description: body.description ?? '',
    kind,
    query,
    platform,
    criteria: criteria && toStoredCriteria(criteria),
    fleet_id: fleetId,
    author_id: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    at: ctx.clock(),
  });
  if (id === null) throw nameTaken(body.name);
  if (kind === 'manual') await setMembers(ctx, tx, { label: { id, fleet_id: fleetId }, body });
  await record(ctx, tx, { type: 'created_label', id, name: body.name });
  return id;
}

function membershipOf({ query, platform, hosts, host_ids, criteria }: NewLabel): Membership {
  const given = [query, hosts ?? host_ids, criteria].filter((one) => one !== undefined && one !== null && one !== '');
  if (given.length > 1) throw invalid('query', 'A label has one of query, hosts and criteria: leave the others out');
  if (criteria) return { kind: 'host_vitals', query: '', platform: '', criteria };
  if (!query) return { kind: 'manual', query: '', platform: '', criteria: null };
  return { kind: 'dynamic', query, platform: readPlatform(platform ?? ''), criteria: null };
}

const PLATFORMS = ['darwin', 'windows', 'linux', 'chrome', 'ubuntu', 'centos', 'rhel', 'debian', 'fedora'];

function readPlatform(platform: string): string {
  const names = platform
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.find((name) => !PLATFORMS.includes(name));
  if (unknown !== undefined) throw invalid('platform', `"${unknown}" is none of ${PLATFORMS.join(', ')}`);
  return names.join(',');
}

interface Members {
  label: Pick<LabelRow, 'id' | 'fleet_id'>;
  body: { hosts?: string[]; host_ids?: number[] };
}

/** All hosts of a manual label, by their ids or names. */
async function setMembers(ctx: Context, tx: Tx, { label, body }: Members): Promise<void> {
  const found = await queries.findHosts(tx, {
    names: body.hosts ?? [],
    ids: body.host_ids ?? [],
    fleetId: label.fleet_id,
  });
  const unknown = found.find((host) => host.id === null);
  if (unknown) {
    const where = label.fleet_id === null ? '' : ' in the fleet of the label';
    throw invalid(body.hosts ? 'hosts' : 'host_ids', `There is no host ${unknown.given}${where}`);
  }
  const ids = [...new Set(found.flatMap((host) => host.id ?? []))];
  await queries.setMembers(tx, { labelId: label.id, hostIds: ids, at: ctx.clock() });
}

/** Renames a label, or sets the hosts of a manual one. @throws AppError `forbidden` for a built-in label */
export async function changeLabel(
  ctx: Context,
  id: number,
  body: BodyOf<typeof contract.changeLabel>,
): Promise<contract.LabelDetail> {
  const found = await findLabel(ctx.db, id);
  const label = permitLabel(ctx, 'labels:write', { found, name: String(id) });
  refuseBuiltin(label);
  await inTransaction(ctx, async (tx) => {
    await queries.lockLabels(tx);
    const name = body.name?.trim() ?? label.name;
    const other = await findLabelByName(tx, name);
    if (other && other.id !== id) throw nameTaken(name);
    await queries.updateLabel(tx, {
      ...label,
      name,
      description: body.description ?? label.description,
      at: ctx.clock(),
    });
    if (body.hosts !== undefined || body.host_ids !== undefined) {
      if (label.kind !== 'manual')
        throw invalid('hosts', 'Only a manual label has hosts of its own: this one finds them');
      await setMembers(ctx, tx, { label, body });
    }
    await record(ctx, tx, { type: 'edited_label', id, name });
  });
  await ctx.events.afterCommit(ctx, { name: 'labelMembersChanged', payload: {} });
  return readChanged(ctx, id);
}

const refuseBuiltin = (label: LabelRow): void => {
  if (label.kind !== 'builtin') return;
  throw new AppError('forbidden', {
    name: 'base',
    reason: `"${label.name}" is built in: it cannot be changed or deleted`,
  });
};

/** @throws AppError `not_found`, `forbidden` for a built-in label */
export async function deleteLabel(ctx: Context, by: { id: number } | { name: string }): Promise<void> {
  const found = 'id' in by ? await findLabel(ctx.db, by.id) : await findLabelByName(ctx.db, by.name);
  const label = permitLabel(ctx, 'labels:write', { found, name: 'id' in by ? String(by.id) : by.name });
  refuseBuiltin(label);
  await inTransaction(ctx, async (tx) => {
    await ctx.events.inTransaction(tx, ctx, {
      name: 'labelDeleting',
      payload: { labelId: label.id, name: label.name },
    });
    await queries.deleteLabel(tx, label.id);
    await record(ctx, tx, { type: 'deleted_label', id: label.id, name: label.name });
  });
}

/** Makes or changes labels by name, all or none. */
export async function applyLabelSpecs(ctx: Context, body: BodyOf<typeof contract.applyLabelSpecs>): Promise<void> {
  const common = body.fleet_id ?? body.team_id ?? null;
  for (const spec of body.specs) permitNew(ctx, spec.fleet_id ?? spec.team_id ?? common);
  await inTransaction(ctx, async (tx) => {
    await queries.lockLabels(tx);
    for (const { hosts, criteria, ...spec } of body.specs) {
      const fleetId = spec.fleet_id ?? spec.team_id ?? common;
      const label = { ...spec, fleet_id: fleetId, ...(hosts && { hosts }), ...(criteria && { criteria }) };
      const known = await findLabelByName(tx, spec.name);
      if (known) await change(ctx, tx, { known, label });
      else await insert(ctx, tx, label);
    }
  });
  await ctx.events.afterCommit(ctx, { name: 'labelMembersChanged', payload: {} });
}

/** Another query, or other criteria, and whoever is in the label has to be found anew. */
async function change(ctx: Context, tx: Tx, { known, label }: { known: LabelRow; label: NewLabel }): Promise<void> {
  refuseBuiltin(known);
  permitLabel(ctx, 'labels:write', { found: known, name: known.name });
  if (known.fleet_id !== (label.fleet_id ?? null)) throw nameTaken(known.name);
  const { kind, query, platform, criteria } = membershipOf(label);
  if (kind !== known.kind) throw invalid('label_membership_type', `"${known.name}" is ${known.kind}: delete it first`);
  const isAnother = query !== known.query || platform !== known.platform;
  await queries.updateLabel(tx, {
    ...known,
    description: label.description ?? known.description,
    query,
    platform,
    criteria: criteria ? toStoredCriteria(criteria) : null,
    isAnother,
    at: ctx.clock(),
  });
  if (kind === 'manual' && label.hosts) await setMembers(ctx, tx, { label: known, body: label });
  await record(ctx, tx, { type: 'edited_label', id: known.id, name: known.name });
}

const record = (ctx: Context, tx: Tx, { type, id, name }: { type: string; id: number; name: string }) =>
  recordActivity(ctx, tx, { type, details: { label_id: id, label_name: name } });
