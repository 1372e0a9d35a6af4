import type { exportVulnerabilities as vulnerabilitiesRoute } from '@flotilla/contract/exports';
import type { QueryOf } from '@flotilla/contract/route';
import type { VulnerabilitySummary } from '@flotilla/contract/vulnerabilities';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { allPages, type Columns, type ExportFile, tableFile } from '../kernel/http/exports.ts';
import { listVulnerabilities } from './list-vulnerabilities.ts';

/** Vulnerabilities read at once. */
const PAGE = 2_000;

const columns: Columns<VulnerabilitySummary> = {
  cve: (row) => row.cve,
  hosts_count: (row) => row.hosts_count,
  cisa_known_exploit: (row) => row.cisa_known_exploit,
  cvss_score: (row) => row.cvss_score,
  epss_probability: (row) => row.epss_probability,
  cve_published: (row) => row.cve_published,
  created_at: (row) => row.created_at,
  details_link: (row) => row.details_link,
};

/** The vulnerabilities of a list as a file. */
export function exportVulnerabilities(
  ctx: Context,
  { format = 'csv', ...query }: QueryOf<typeof vulnerabilitiesRoute>,
): ExportFile {
  permitSome(ctx.actor, 'software:read');
  return tableFile({
    name: 'vulnerabilities',
    format,
    columns,
    rows: (of) =>
      allPages(async (cursor) => {
        const page = { per_page: PAGE, ...(cursor && { cursor }) };
        const { vulnerabilities: rows, meta } = await listVulnerabilities(of, { ...query, ...page });
        return { rows, next: meta.next_cursor };
      }),
  });
}
