import type { exportVersions as versionsRoute } from '@flotilla/contract/exports';
import type { QueryOf } from '@flotilla/contract/route';
import type { Version } from '@flotilla/contract/software';
import { readScope } from '../../fleets/index.ts';
import type { Context } from '../../kernel/context.ts';
import { badRequest } from '../../kernel/errors.ts';
import { allPages, type Columns, type ExportFile, tableFile } from '../../kernel/http/exports.ts';
import { listVersions } from '../list-software.ts';
import { type OriginRow, readOrigins } from '../queries/export.ts';
import { type BillRow, billFile } from './sbom.ts';

/** Versions read at once. */
const PAGE = 1_000;

type ListedVersion = Omit<Version, 'software_title_id'>;

const columns: Columns<ListedVersion> = {
  id: (row) => row.id,
  name: (row) => row.name,
  version: (row) => row.version,
  release: (row) => row.release,
  arch: (row) => row.arch,
  source: (row) => row.source,
  extension_for: (row) => row.extension_for,
  vendor: (row) => row.vendor,
  hosts_count: (row) => row.hosts_count,
  vulnerabilities_count: (row) => row.vulnerabilities?.length,
  vulnerabilities: (row) => row.vulnerabilities?.map(({ cve }) => cve).join(' '),
  exploited_count: (row) => row.vulnerabilities?.filter((one) => one.cisa_known_exploit).length,
  end_of_life: (row) => row.end_of_life?.eol_date,
  is_past_end_of_life: (row) => row.end_of_life?.is_past,
};

/** The versions of a list as a file. */
export async function exportVersions(
  ctx: Context,
  { format = 'csv', include, ...query }: QueryOf<typeof versionsRoute>,
): Promise<ExportFile> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  if (include && format !== 'cyclonedx') throw badRequest('include', 'goes with format=cyclonedx only');
  const rows = (of: Context) =>
    allPages(async (cursor) => {
      const { software, meta } = await listVersions(of, { ...query, per_page: PAGE, ...(cursor && { cursor }) });
      return { rows: software, next: meta.next_cursor };
    });
  if (format !== 'cyclonedx') return tableFile({ name: 'software-versions', format, columns, rows });
  const fleet = query.fleet_id ?? query.team_id;
  return billFile({
    name: 'software-versions',
    subject: {
      type: 'platform',
      ref: fleet === undefined ? 'fleets' : `fleet-${fleet}`,
      name: fleet === undefined ? 'Software of all fleets in reach' : `Software of fleet ${fleet}`,
    },
    withVulnerabilities: include === 'vulnerabilities',
    async *rows(of) {
      for await (const page of rows(of))
        yield toBillRows(
          page,
          await readOrigins(
            of.db,
            page.map((row) => row.id),
            fleetIds,
          ),
        );
    },
  });
}

function toBillRows(versions: ListedVersion[], origins: OriginRow[]): BillRow[] {
  const byId = new Map(versions.map((version) => [version.id, version]));
  return origins.flatMap((origin) => {
    const version = byId.get(origin.version_id);
    return version ? [{ softwareId: origin.software_id, component: toSoftware(version, origin) }] : [];
  });
}

const toSoftware = (version: ListedVersion, origin: OriginRow): BillRow['component'] => ({
  kind: 'normal',
  versionId: version.id,
  contextId: origin.context_id,
  source: version.source,
  name: version.name,
  version: version.version,
  release: version.release ?? '',
  arch: version.arch ?? '',
  vendor: version.vendor ?? '',
  extensionId: version.extension_id ?? '',
  bundleIdentifier: version.bundle_identifier ?? '',
  sourcePackage: origin.source_package,
  sourceVersion: origin.source_version,
  distribution: toDistribution(origin),
  cpe: version.generated_cpe,
  hosts: version.hosts_count,
});

export const toDistribution = ({ family, context }: Pick<OriginRow, 'family' | 'context'>) =>
  family === null || context === null ? null : { family, key: context };
