import type { exportHosts as hostsRoute, exportHostSoftware as softwareRoute } from '@flotilla/contract/exports';
import type { Host } from '@flotilla/contract/hosts';
import type { QueryOf } from '@flotilla/contract/route';
import { listHosts, readHost } from '../../hosts/index.ts';
import { permitSome } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { badRequest } from '../../kernel/errors.ts';
import { allPages, type Columns, type ExportFile, tableFile } from '../../kernel/http/exports.ts';
import { type HostSoftwareRow, readSoftwareOfHosts } from '../queries/export.ts';
import { toDistribution } from './export-versions.ts';
import { type BillRow, billFile } from './sbom.ts';

/** Hosts read at once, alone and with what is on them. */
const HOSTS = 1_000;
const HOSTS_WITH_SOFTWARE = 50;

type HostsQuery = QueryOf<typeof hostsRoute>;

const hostColumns: Columns<Host> = {
  id: (host) => host.id,
  display_name: (host) => host.display_name,
  hostname: (host) => host.hostname,
  uuid: (host) => host.uuid,
  hardware_serial: (host) => host.hardware_serial,
  hardware_model: (host) => host.hardware_model,
  platform: (host) => host.platform,
  os_version: (host) => host.os_version,
  fleet_id: (host) => host.fleet_id,
  fleet_name: (host) => host.fleet_name,
  status: (host) => host.status,
  seen_time: (host) => host.seen_time,
  last_enrolled_at: (host) => host.last_enrolled_at,
  software_updated_at: (host) => host.software_updated_at,
  osquery_version: (host) => host.osquery_version,
  orbit_version: (host) => host.orbit_version,
  primary_ip: (host) => host.primary_ip,
  public_ip: (host) => host.public_ip,
  memory: (host) => host.memory,
  gigs_disk_space_available: (host) => host.gigs_disk_space_available,
  failing_policies_count: (host) => host.issues.failing_policies_count,
};

const pagesOfHosts = (ctx: Context, query: HostsQuery, size: number) =>
  allPages(async (cursor) => {
    const { hosts, meta } = await listHosts(ctx, { ...query, per_page: size, ...(cursor && { cursor }) });
    return { rows: hosts, next: meta.next_cursor };
  });

/** The hosts of a list as a file. */
export function exportHosts(ctx: Context, { format = 'csv', ...query }: HostsQuery): ExportFile {
  permitSome(ctx.actor, 'hosts:read');
  return tableFile({ name: 'hosts', format, columns: hostColumns, rows: (of) => pagesOfHosts(of, query, HOSTS) });
}

/** A version on a host. */
interface HostSoftware {
  host_id: number;
  host: string;
  fleet_id: number | null;
  version_id: number;
  title_id: number;
  name: string;
  version: string;
  release: string;
  arch: string;
  source: string;
  extension_for: string;
  vendor: string;
  since: string;
}

const softwareColumns: Columns<HostSoftware> = {
  host_id: (row) => row.host_id,
  host: (row) => row.host,
  fleet_id: (row) => row.fleet_id,
  version_id: (row) => row.version_id,
  title_id: (row) => row.title_id,
  name: (row) => row.name,
  version: (row) => row.version,
  release: (row) => row.release,
  arch: (row) => row.arch,
  source: (row) => row.source,
  extension_for: (row) => row.extension_for,
  vendor: (row) => row.vendor,
  since: (row) => row.since,
};

/** What is on one host, or on each that the filters find. @throws AppError `bad_request`, `not_found` */
export async function exportHostSoftware(
  ctx: Context,
  { format = 'csv', include, host_id: hostId, ...query }: QueryOf<typeof softwareRoute>,
): Promise<ExportFile> {
  permitSome(ctx.actor, 'hosts:read');
  if (include && format !== 'cyclonedx') throw badRequest('include', 'goes with format=cyclonedx only');
  const host = hostId === undefined ? null : (await readHost(ctx, hostId)).answer;
  if (format === 'cyclonedx') {
    if (!host) throw badRequest('host_id', 'is needed with format=cyclonedx: a bill of materials is of one host');
    return billOf(host, include === 'vulnerabilities');
  }
  return tableFile({
    name: host ? `host-${host.id}-software` : 'host-software',
    format,
    columns: softwareColumns,
    async *rows(of) {
      if (host) yield await readRows(of, [host]);
      else for await (const hosts of pagesOfHosts(of, query, HOSTS_WITH_SOFTWARE)) yield await readRows(of, hosts);
    },
  });
}

type NamedHost = Pick<Host, 'id' | 'display_name' | 'fleet_id'>;

async function readRows({ db }: Context, hosts: NamedHost[]): Promise<HostSoftware[]> {
  const byId = new Map(hosts.map((host) => [host.id, host]));
  const rows = await readSoftwareOfHosts(db, [...byId.keys()]);
  // A running kernel and its package are one version; the host has it once.
  const distinct = new Map(
    rows.filter((row) => row.kind !== 'os').map((row) => [`${row.host_id} ${row.version_id}`, row]),
  );
  return [...distinct.values()].map((row) => ({
    host_id: row.host_id,
    host: byId.get(row.host_id)?.display_name ?? '',
    fleet_id: byId.get(row.host_id)?.fleet_id ?? null,
    version_id: row.version_id,
    title_id: row.title_id,
    name: row.name,
    version: row.version,
    release: row.release,
    arch: row.arch,
    source: row.source,
    extension_for: row.extension_for,
    vendor: row.vendor,
    since: row.since.toISOString(),
  }));
}

const billOf = (host: Host, withVulnerabilities: boolean): ExportFile =>
  billFile({
    name: `host-${host.id}`,
    subject: { type: 'device', ref: `host-${host.id}`, name: host.display_name },
    withVulnerabilities,
    async *rows({ db }) {
      yield (await readSoftwareOfHosts(db, [host.id])).map(toBillRow);
    },
  });

const toBillRow = (row: HostSoftwareRow): BillRow => ({
  softwareId: row.software_id,
  component: {
    kind: row.kind,
    versionId: row.version_id,
    contextId: row.context_id,
    source: row.source,
    name: row.name,
    version: row.version,
    release: row.release,
    arch: row.arch,
    vendor: row.vendor,
    extensionId: row.extension_id,
    bundleIdentifier: row.bundle_identifier,
    sourcePackage: row.source_package,
    sourceVersion: row.source_version,
    distribution: toDistribution(row),
    cpe: '',
    hosts: null,
  },
});
