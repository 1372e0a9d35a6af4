import { randomUUID } from 'node:crypto';
import { componentRef, type SbomSoftware, toComponent } from '@flotilla/engine/sbom/to-component';
import type { Context } from '../../kernel/context.ts';
import type { ExportFile } from '../../kernel/http/exports.ts';
import { findVulnerabilitiesIn, readFoundRows } from '../queries/export.ts';
import { detailsLink } from '../software-answer.ts';

/** A component with the software that it stands for, by which findings are looked up. */
export interface BillRow {
  softwareId: number;
  component: SbomSoftware;
}

export interface Bill {
  name: string;
  /** What the bill is of. */
  subject: { type: 'device' | 'platform'; ref: string; name: string };
  withVulnerabilities: boolean;
  rows(ctx: Context): AsyncGenerator<BillRow[]>;
}

/** A bill of materials in the JSON of CycloneDX 1.6, written as it is read. */
export const billFile = (bill: Bill): ExportFile => ({
  name: `${bill.name}.cdx.json`,
  type: 'application/vnd.cyclonedx+json; version=1.6',
  pieces: (ctx) => pieces(ctx, bill),
});

async function* pieces(ctx: Context, bill: Bill): AsyncGenerator<string> {
  let before = head(ctx, bill);
  const refs = new Map<number, string>();
  const listed = new Set<string>();
  for await (const rows of bill.rows(ctx)) {
    const lines = rows.flatMap(({ softwareId, component }) => {
      const ref = componentRef(component);
      refs.set(softwareId, ref);
      // Two software of a version in one distribution differ by their origin only: one component stands for both.
      if (listed.has(ref)) return [];
      const line = `${listed.size > 0 ? ',' : ''}\n${JSON.stringify(toComponent(component))}`;
      listed.add(ref);
      return line;
    });
    yield before + lines.join('');
    before = '';
  }
  yield '\n]';
  if (bill.withVulnerabilities) yield* vulnerabilities(ctx, refs);
  yield '\n}\n';
}

function head({ config, clock }: Context, { subject }: Bill): string {
  const start = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: clock().toISOString(),
      tools: { components: [{ type: 'application', name: 'Flotilla', version: config.version }] },
      component: { type: subject.type, 'bom-ref': subject.ref, name: subject.name },
    },
  };
  return `${JSON.stringify(start).slice(0, -1)},\n"components": [`;
}

/** Vulnerabilities read at once. */
const CHUNK = 500;

async function* vulnerabilities({ db }: Context, refs: Map<number, string>): AsyncGenerator<string> {
  yield ',\n"vulnerabilities": [';
  const ids = await findVulnerabilitiesIn(db, [...refs.keys()]);
  let before = '\n';
  for (let start = 0; start < ids.length; start += CHUNK) {
    for (const row of await readFoundRows(db, ids.slice(start, start + CHUNK))) {
      const found = row.software_ids.flatMap((id, place) => {
        const ref = refs.get(id);
        return ref ? [{ ref, fix: row.fix_versions[place] ?? null }] : [];
      });
      yield before + JSON.stringify(toVulnerability(row, found));
      before = ',\n';
    }
  }
  yield '\n]';
}

function toVulnerability(
  row: { name: string; exploited_since: string | null },
  found: { ref: string; fix: string | null }[],
) {
  const fixes = [...new Set(found.flatMap(({ fix }) => fix ?? []))].sort();
  return {
    id: row.name,
    source: { url: detailsLink(row.name) },
    ...(fixes.length > 0 && { recommendation: `Fixed in ${fixes.join(', ')}` }),
    affects: [...new Set(found.map(({ ref }) => ref))].map((ref) => ({ ref })),
    ...(row.exploited_since && { properties: [{ name: 'flotilla:exploited_since', value: row.exploited_since }] }),
  };
}
