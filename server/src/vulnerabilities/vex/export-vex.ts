import type { QueryOf } from '@flotilla/contract/route';
import type { OpenVex, exportVex as route } from '@flotilla/contract/vex';
import { readScope } from '../../fleets/index.ts';
import { readHost } from '../../hosts/index.ts';
import type { Context } from '../../kernel/context.ts';
import { badRequest } from '../../kernel/errors.ts';
import { readServerSettings } from '../../kernel/server-settings.ts';
import { type ProductRow, readTold, type ToldRow } from '../queries/vex.ts';
import { readFixed } from '../queries/vex-fixed.ts';
import { purlOf } from './match-products.ts';

/** Findings in one document; of more, a part has to be named. */
const MOST = 100_000;
const FIXED_DAYS = 90;

type Statement = OpenVex['statements'][number];

/**
 * What was found, what was said of it and what was fixed, by OpenVEX 0.2.0: a statement for each vulnerability, status and note, with all products.
 * @returns null where nothing was found: a document has one statement at least
 */
export async function exportVex(ctx: Context, query: QueryOf<typeof route>): Promise<OpenVex | null> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  if (query.host_id !== undefined) await readHost(ctx, query.host_id);
  const of = {
    fleetIds,
    ...(query.host_id !== undefined && { hostId: query.host_id }),
    ...(query.cve && { cve: query.cve }),
  };
  const from = new Date(ctx.clock().getTime() - FIXED_DAYS * 86_400_000);
  const rows = await readTold(ctx.db, of, MOST + 1);
  const fixed = await readFixed(ctx.db, { ...of, from }, MOST + 1);
  if (rows.length + fixed.length === 0) return null;
  if (rows.length + fixed.length > MOST)
    throw badRequest('fleet_id', `There are more than ${MOST} findings: name a fleet, a host or a CVE`);
  const { serverUrl } = await readServerSettings(ctx);
  const now = ctx.clock().toISOString();
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `${serverUrl}/api/v1/flotilla/vex/${now.replaceAll(':', '')}`,
    author: serverUrl,
    timestamp: now,
    version: 1,
    tooling: 'Flotilla',
    statements: toStatements([
      ...rows.map((row) => ({ row, said: sayingOf(row), at: row.told_at ?? row.since })),
      ...fixed.map((row) => ({ row, said: FIXED, at: row.fixed_at })),
    ]),
  };
}

type Saying = Omit<Statement, 'vulnerability' | 'timestamp' | 'products'>;
const FIXED: Saying = { status: 'fixed' };

interface Said {
  row: ProductRow & { cve: string };
  said: Saying;
  at: Date;
}

function toStatements(all: Said[]): Statement[] {
  const statements = new Map<string, Statement>();
  for (const { row, said, at: moment } of all) {
    const name = JSON.stringify([row.cve, said]);
    const product = { '@id': purlOf(row) };
    const at = moment.toISOString();
    const known = statements.get(name);
    if (!known) {
      statements.set(name, { vulnerability: { name: row.cve }, timestamp: at, products: [product], ...said });
    } else {
      if (!known.products.some((one) => one['@id'] === product['@id'])) known.products.push(product);
      if (at > known.timestamp) known.timestamp = at;
    }
  }
  return [...statements.values()];
}

/** An accepted risk still affects: that it is accepted is what is done about it. */
function sayingOf(row: ToldRow): Saying {
  if (row.status === 'not_affected' && row.justification !== null) {
    return { status: 'not_affected', justification: row.justification, ...(row.told && { status_notes: row.told }) };
  }
  if (row.status === 'not_affected' || row.status === 'false_positive') {
    return { status: 'not_affected', impact_statement: row.told ?? '' };
  }
  if (row.status === 'accepted') return { status: 'affected', action_statement: `Accepted: ${row.told}` };
  if (row.verdict === 'unknown') {
    return { status: 'under_investigation', ...(row.reason && { status_notes: row.reason }) };
  }
  const action = row.fix_version === null ? 'No fix is known yet' : `Update to ${row.fix_version} or later`;
  return { status: 'affected', action_statement: action };
}
