import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { getOsVersion, listOsVersions as listRoute } from '@flotilla/contract/software';
import { type FleetScope, readScope } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest, notFound } from '../kernel/errors.ts';
import { readEndsOfLife } from './end-of-life/end-of-life.ts';
import { readPage } from './list-query.ts';
import { readFoldTime } from './queries/counts.ts';
import { readFoundIn } from './queries/found.ts';
import * as queries from './queries/os-versions.ts';
import type { VersionRow } from './queries/versions.ts';
import { toVulnerability } from './software-answer.ts';

/** Operating systems that hosts run, most hosts first. */
export async function listOsVersions(
  ctx: Context,
  query: QueryOf<typeof listRoute>,
): Promise<ResponseOf<typeof listRoute>> {
  const scope = await readScope(ctx, 'software:read', query);
  const { platform, os_name: name, os_version: version } = query;
  if ((name === undefined) !== (version === undefined)) {
    throw badRequest(name === undefined ? 'os_name' : 'os_version', 'os_name and os_version go together');
  }
  const { order, cut } = readPage(query, { key: 'hosts_count', descending: true });
  const descending = query.order_direction !== 'asc';
  const [all, foldedAt] = await Promise.all([
    queries.listOsVersions(ctx.db, {
      fleetId: scope.counterId,
      ...(platform !== undefined && { platform: platform === 'macos' ? 'darwin' : platform }),
      ...(name !== undefined && version !== undefined && { name, version }),
    }),
    readFoldTime(ctx.db),
  ]);
  if (!descending) all.reverse();
  const first = order.after ? all.findIndex((row) => isAfter(row, order.after, descending)) : order.offset;
  const asked = first < 0 ? [] : all.slice(first, first + order.limit);
  const { rows, meta } = cut(asked, (row) => ({ value: row.hosts, id: row.id }));
  const { systems } = await describe(ctx, rows, { scope, most: query.max_vulnerabilities });
  return { count: all.length, counts_updated_at: foldedAt?.toISOString() ?? null, os_versions: systems, meta };
}

function isAfter({ hosts, id }: VersionRow, seen: { value: unknown; id: number } | null, descending: boolean): boolean {
  const than = Number(seen?.value);
  const last = seen?.id ?? 0;
  return descending ? hosts < than || (hosts === than && id > last) : hosts > than || (hosts === than && id < last);
}

/** One operating system, of Linux with the kernels its hosts run. @throws AppError `not_found` where no host has it */
export async function readOsVersion(
  ctx: Context,
  id: number,
  query: QueryOf<typeof getOsVersion>,
): Promise<ResponseOf<typeof getOsVersion>> {
  const scope = await readScope(ctx, 'software:read', query);
  const [rows, foldedAt] = await Promise.all([
    queries.listOsVersions(ctx.db, { fleetId: scope.counterId, id }),
    readFoldTime(ctx.db),
  ]);
  const { systems, software } = await describe(ctx, rows, { scope, most: query.max_vulnerabilities });
  const [system] = systems;
  if (!system) throw notFound(`Operating system version ${id}`);
  return {
    counts_updated_at: foldedAt?.toISOString() ?? null,
    os_version: { ...system, kernels: await listKernels(ctx, software) },
  };
}

async function describe(
  ctx: Context,
  rows: VersionRow[],
  { scope, most = Number.POSITIVE_INFINITY }: { scope: FleetScope; most: number | undefined },
) {
  const osIds = rows.map((row) => row.id);
  const software =
    osIds.length > 0 ? await queries.readSystemSoftware(ctx.db, { osIds, fleetIds: scope.fleetIds }) : [];
  const inEach = new Map(software.map((one) => [one.software_id, one.software_id]));
  const [found, ends] = await Promise.all([readFoundIn(ctx.db, inEach), readEndsOfLife(ctx, osIds)]);
  const systems = rows.map((row) => {
    const own = software.filter((one) => one.os_id === row.id).flatMap((one) => found.get(one.software_id) ?? []);
    const distinct = [...new Map(own.map((one) => [one.name, one])).values()];
    return {
      os_version_id: row.id,
      hosts_count: row.hosts,
      name: `${row.name} ${row.version}`.trim(),
      name_only: row.name,
      version: row.version,
      platform: row.vendor,
      generated_cpes: [],
      end_of_life: ends.get(row.id) ?? null,
      vulnerabilities_count: distinct.length,
      vulnerabilities: distinct.slice(0, most).map(toVulnerability),
    };
  });
  return { systems, software };
}

/** A kernel from a package is one version, whichever distribution judged it. */
async function listKernels(ctx: Context, software: queries.SystemSoftware[]) {
  const kernels = Map.groupBy(
    software.filter((one) => one.kind === 'kernel'),
    (one) => one.version_id,
  );
  const inVersion = new Map([...kernels].flatMap(([id, own]) => own.map((one) => [one.software_id, id] as const)));
  const found = await readFoundIn(ctx.db, inVersion);
  return [...kernels].map(([id, own]) => ({
    id,
    version: own[0]?.version ?? '',
    vulnerabilities: (found.get(id) ?? []).map((one) => one.name),
    hosts_count: own.reduce((sum, one) => sum + one.hosts, 0),
  }));
}
