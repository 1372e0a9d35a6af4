import type { BodyOf } from '@flotilla/contract/route';
import type { importVex as route, VexImport } from '@flotilla/contract/vex';
import { recordActivity } from '../../activity/index.ts';
import { readScope } from '../../fleets/index.ts';
import { permit, permitSome } from '../../kernel/access.ts';
import { asSystem, type Context } from '../../kernel/context.ts';
import { inTransaction } from '../../kernel/db/database.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { writeExceptions } from '../exceptions/create-exception.ts';
import type { ExceptionDraft } from '../exceptions/exception.ts';
import { endExceptions, settleExceptions } from '../exceptions/settle.ts';
import { findVulnerabilityIds } from '../queries/exception-subject.ts';
import { takeTurn } from '../queries/judging.ts';
import { readEdition, readOfDocument, writeEdition } from '../queries/vex.ts';
import { type Edition, isOlder, type VexDocument, type VexStatement } from './document.ts';
import { type Matched, matchProducts } from './match-products.ts';
import { readCsaf } from './read-csaf.ts';
import { readOpenVex } from './read-openvex.ts';

type NotApplied = VexImport['not_applied'];

/**
 * Takes over a VEX document, unless a newer one with its id was taken over before. What it says not to affect, or to be fixed in a version, becomes an exception; those it made before and
 * does not make any more end. What cannot be applied is answered with the reason.
 * @throws AppError `validation_failed` for what is no VEX document, `conflict` for an older one, `not_found`, `forbidden`
 */
export async function importVex(ctx: Context, { document: given, fleet_id }: BodyOf<typeof route>): Promise<VexImport> {
  permitSome(ctx.actor, 'exceptions:write');
  const fleetId = fleet_id ?? null;
  if (fleetId === null) permit(ctx.actor, 'exceptions:write');
  else await readScope(ctx, 'exceptions:write', { fleet_id: fleetId });
  const document = readOpenVex(given) ?? readCsaf(given);
  if (!document) throw invalid('document', 'It is neither an OpenVEX document nor a CSAF 2.0 one with an id');
  const drafts = new Map<string, ExceptionDraft>();
  const notApplied: NotApplied = [];
  const { statements } = document;
  const known: Known = {
    vulnerabilities: await findVulnerabilityIds(ctx.db, [...new Set(statements.flatMap((one) => one.names))]),
    products: await matchProducts(
      ctx.db,
      statements.flatMap((one) => one.products),
    ),
  };
  for (const statement of statements) {
    for (const product of statement.products) {
      const one = { statement, product, document: document.id, fleetId };
      const made = toDrafts(ctx, one, known);
      if (typeof made === 'string') {
        notApplied.push({ statement: statement.id, cve: statement.names[0] ?? '', product, reason: made });
      } else for (const draft of made) drafts.set(nameOf(draft), draft);
    }
  }
  const changed = await replace(ctx, { document, fleetId, drafts });
  await settleExceptions(asSystem(ctx));
  return { document: document.id, ...changed, not_applied: notApplied };
}

interface Wanted {
  document: VexDocument;
  fleetId: number | null;
  drafts: Map<string, ExceptionDraft>;
}

/** Those that stay the same stay as they are. */
const replace = (ctx: Context, { document: { id: document, edition }, fleetId, drafts }: Wanted) =>
  inTransaction(ctx, async (tx) => {
    await takeTurn(tx);
    const last = await readEdition(tx, document, fleetId);
    if (last && isOlder(edition, last)) {
      throw conflict(
        'document',
        `A newer one was taken over before: ${editionWords(last)}, and this is ${editionWords(edition)}`,
      );
    }
    await writeEdition(tx, { id: document, fleetId, edition, at: ctx.clock() });
    const before = await readOfDocument(tx, document, fleetId);
    const known = new Set(before.map((one) => one.name));
    const gone = before.filter((one) => !drafts.has(one.name)).map((one) => one.id);
    const coming = [...drafts].filter(([name]) => !known.has(name)).map(([, draft]) => draft);
    await endExceptions(ctx, tx, { ids: gone, why: 'replaced' });
    await writeExceptions(ctx, tx, coming);
    const changed = { created: coming.length, kept: before.length - gone.length, ended: gone.length };
    await recordActivity(ctx, tx, {
      type: 'imported_vex',
      details: { document, ...changed },
      ...(fleetId !== null && { fleetId }),
    });
    return changed;
  });

const editionWords = ({ version, at }: Edition) =>
  [version && `version ${version}`, at && `of ${at.toISOString()}`].filter(Boolean).join(' ');

/** As `readOfDocument` names them. */
const nameOf = ({ vulnerability_id, title_id, version_id, status, justification, reason }: ExceptionDraft) =>
  [vulnerability_id, title_id ?? 0, version_id ?? 0, status, justification, reason]
    .filter((part) => part !== null)
    .join(' ');

interface Stated {
  statement: VexStatement;
  product: string;
  document: string;
  fleetId: number | null;
}

/** What the names and products of a document are here. */
interface Known {
  vulnerabilities: Map<string, number>;
  products: Map<string, Matched[]>;
}

/** @returns why it is not applied, where it is not */
function toDrafts(
  ctx: Context,
  { statement, product, document, fleetId }: Stated,
  known: Known,
): ExceptionDraft[] | string {
  const { status, justification, note } = statement;
  if (status === 'affected') return 'It says that the product is affected, which findings tell by themselves';
  if (status === 'under_investigation') return 'It says that nobody knows yet';
  const [vulnerabilityId] = statement.names.flatMap((name) => known.vulnerabilities.get(name.toUpperCase()) ?? []);
  if (vulnerabilityId === undefined) return 'No feed of this server knows the vulnerability';
  const matched = known.products.get(product) ?? [];
  if (matched.length === 0) return 'No software here is this product';
  if (status === 'fixed' && matched.some((one) => one.version_id === null)) {
    return 'It says that the product is fixed, but not in which version';
  }
  return matched.map((one) => ({
    ...one,
    vulnerability_id: vulnerabilityId,
    ...{ fleet_id: fleetId, label_id: null, host_id: null },
    // What is fixed in a version is not there: a finding in it would be false.
    status: status === 'fixed' ? 'false_positive' : 'not_affected',
    justification: status === 'fixed' ? null : justification,
    reason: note.slice(0, 2_000) || (status === 'fixed' ? 'Fixed in this version' : 'Not affected'),
    owner_id: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    since: ctx.clock(),
    until: null,
    vex_document: document,
    vex_statement: statement.id,
  }));
}
