import type * as contract from '@flotilla/contract/exceptions';
import type { BodyOf, ResponseOf } from '@flotilla/contract/route';
import { recordActivity } from '../../activity/index.ts';
import { readScope } from '../../fleets/index.ts';
import { permitSome } from '../../kernel/access.ts';
import { asSystem, type Context } from '../../kernel/context.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import { readExceptions } from '../queries/exception-list.ts';
import * as subjects from '../queries/exception-subject.ts';
import { insertExceptions } from '../queries/exceptions.ts';
import { type ExceptionDraft, permitException } from './exception.ts';
import { activityOf, toAnswer } from './exception-answer.ts';
import { settleExceptions } from './settle.ts';

type NewException = BodyOf<typeof contract.createException>;
type NewSubject = BodyOf<typeof contract.previewException>;

/**
 * Makes an exception. What it is about stops counting before this answers, unless it begins later.
 * @throws AppError `not_found` for what it names, `validation_failed` for what does not go together, `forbidden`
 */
export async function createException(
  ctx: Context,
  body: NewException,
): Promise<ResponseOf<typeof contract.createException>> {
  permitSome(ctx.actor, 'exceptions:write');
  const draft = await toDraft(ctx, body);
  const id = await inTransaction(ctx, async (tx) => {
    const [created = 0] = await writeExceptions(ctx, tx, [draft]);
    return created;
  });
  await settleExceptions(asSystem(ctx));
  const [row] = await readExceptions(ctx.db, [id]);
  if (!row) throw notFound(`Exception ${id}`);
  return { exception: toAnswer(row) };
}

/** How many hosts it would be about, as they count now. */
export async function previewException(
  ctx: Context,
  body: NewSubject,
): Promise<ResponseOf<typeof contract.previewException>> {
  permitSome(ctx.actor, 'exceptions:write');
  const { hosts, remaining, vulnerabilities } = await subjects.foresee(ctx.db, await readSubject(ctx, body));
  return { hosts_count: hosts, remaining_hosts_count: remaining, vulnerabilities_count: vulnerabilities };
}

/** Planned, each with its activity: `settleExceptions` begins them. */
export async function writeExceptions(ctx: Context, tx: Tx, drafts: ExceptionDraft[]): Promise<number[]> {
  if (drafts.length === 0) return [];
  const ids = await insertExceptions(tx, drafts, ctx.clock());
  for (const row of await readExceptions(tx, ids)) {
    await recordActivity(ctx, tx, activityOf('created_vulnerability_exception', row));
  }
  return ids;
}

async function toDraft(ctx: Context, body: NewException): Promise<ExceptionDraft> {
  const subject = await readSubject(ctx, body);
  const now = ctx.clock();
  const since = body.since ? new Date(body.since) : now;
  const until = readUntil(body.until, since > now ? since : now);
  const justification = body.justification ?? null;
  if (body.status === 'not_affected' && justification === null) {
    throw invalid('justification', 'Say why it does not affect: one of the justifications of OpenVEX');
  }
  if (body.status !== 'not_affected' && justification !== null) {
    throw invalid('justification', 'Only what does not affect has a justification: leave it out');
  }
  return {
    ...subject,
    status: body.status,
    justification,
    reason: body.reason.trim(),
    owner_id: await readOwner(ctx, body.owner_id),
    since,
    until,
    vex_document: null,
    vex_statement: null,
  };
}

/** @throws AppError `validation_failed` for a moment that is over */
export function readUntil(until: string | null | undefined, after: Date): Date | null {
  if (until === null || until === undefined) return null;
  const end = new Date(until);
  if (end <= after) throw invalid('until', 'It must end after it begins, and later than now');
  return end;
}

/** Whoever makes it answers for it, unless another is named. */
export async function readOwner({ actor, db }: Context, ownerId: number | null | undefined): Promise<number | null> {
  if (ownerId === undefined) return actor.kind === 'person' ? actor.id : null;
  if (ownerId !== null && !(await subjects.isThere(db, 'accounts.account', ownerId))) {
    throw invalid('owner_id', `There is no person ${ownerId}`);
  }
  return ownerId;
}

/** What an exception is about, looked up, and whether the actor may write one for there. */
async function readSubject(ctx: Context, body: NewSubject): Promise<subjects.Subject> {
  const { cve = null, title_id = null, version_id = null } = body;
  const scope = await readWhere(ctx, body);
  if (cve === null && title_id === null && version_id === null) {
    throw invalid('cve', 'Name a vulnerability, a title or a version: an exception is not for everything');
  }
  if (title_id !== null && version_id !== null) {
    throw invalid('version_id', 'Name a title or one version of it, not both');
  }
  const vulnerabilityId = cve === null ? null : await subjects.findVulnerabilityId(ctx.db, cve);
  if (cve !== null && vulnerabilityId === null) throw notFound(`Vulnerability ${cve}`);
  if (title_id !== null && !(await subjects.isThere(ctx.db, 'inventory.title', title_id))) {
    throw notFound(`Software title ${title_id}`);
  }
  if (version_id !== null && !(await subjects.isThere(ctx.db, 'inventory.version', version_id))) {
    throw notFound(`Software version ${version_id}`);
  }
  return { vulnerability_id: vulnerabilityId, title_id, version_id, ...scope };
}

async function readWhere(ctx: Context, { fleet_id = null, label_id = null, host_id = null }: NewSubject) {
  if ([fleet_id, label_id, host_id].filter((id) => id !== null).length > 1) {
    throw invalid('fleet_id', 'It counts for one of a fleet, a label and a host, or everywhere: name one at most');
  }
  permitException(ctx, await findHome(ctx, { fleet_id, label_id, host_id }));
  return { fleet_id, label_id, host_id };
}

async function findHome(
  ctx: Context,
  { fleet_id, label_id, host_id }: Pick<subjects.Subject, 'fleet_id' | 'label_id' | 'host_id'>,
): Promise<{ fleetId: number | null; thing: string }> {
  if (fleet_id !== null) {
    await readScope(ctx, 'exceptions:write', { fleet_id });
    return { fleetId: fleet_id, thing: `Fleet ${fleet_id}` };
  }
  if (label_id !== null) {
    const fleetId = await subjects.findLabelFleet(ctx.db, label_id);
    if (fleetId === undefined) throw notFound(`Label ${label_id}`);
    return { fleetId, thing: `Label ${label_id}` };
  }
  if (host_id !== null) {
    const fleetId = await subjects.findHostFleet(ctx.db, host_id);
    if (fleetId === undefined) throw notFound(`Host ${host_id}`);
    return { fleetId, thing: `Host ${host_id}` };
  }
  return { fleetId: null, thing: 'Everything' };
}
