import type { softwareAt as atRoute, HostTitle, hostInventory, Interval } from '@flotilla/contract/host-software';
import type { HostDetail } from '@flotilla/contract/hosts';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { listHostProblems, readHost, readHostPage } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest } from '../kernel/errors.ts';
import { readSystemEnd } from './end-of-life/end-of-life.ts';
import type { Signature } from './extras.ts';
import { pageMeta } from './list-query.ts';
import { readSignatures, readUses } from './queries/extras.ts';
import { type FoundVulnerability, readFound } from './queries/found.ts';
import * as queries from './queries/on-host.ts';
import { namesOf, toVulnerability } from './software-answer.ts';
import { signatureSources } from './sources.ts';

const PAGE = 20;

/** The host in full as far as inventory knows it, with its software unless that is not wanted. */
export async function readHostDetail(
  ctx: Context,
  hostId: number,
  { withSoftware }: { withSoftware: boolean },
): Promise<Omit<HostDetail, 'policies'>> {
  const host = { ...(await readHostPage(ctx, hostId)), os_end_of_life: await readSystemEnd(ctx, hostId) };
  return withSoftware ? { ...host, software: await readSoftwareRows(ctx, hostId) } : host;
}

/** The software of a host in the form of the host's page; whoever calls has read the host. */
export async function readSoftwareRows(ctx: Context, hostId: number): Promise<HostRow[]> {
  const now = await readNow(ctx, hostId);
  return distinctVersions(now.rows).map((row) => toHostRow(row, now));
}

/** The software of a host with what is known about it. */
interface HostNow {
  rows: queries.IntervalRow[];
  paths: Map<number, string[]>;
  signatures: Map<string, Signature>;
  uses: Map<number, Date>;
  found: Map<number, FoundVulnerability[]>;
}

async function readNow(ctx: Context, hostId: number): Promise<HostNow> {
  const [rows, paths, told, uses] = await Promise.all([
    queries.readSoftwareNow(ctx.db, hostId),
    queries.readPaths(ctx.db, hostId),
    readSignatures(ctx.db, hostId),
    readUses(ctx.db, hostId),
  ]);
  return {
    rows,
    paths,
    signatures: mergeSignatures(told),
    uses,
    found: await readFound(
      ctx.db,
      rows.map((row) => row.version_id),
      hostId,
    ),
  };
}

/** What the queries say of a path together; of two that tell the same, the later in their registry. */
function mergeSignatures(told: Map<string, Record<string, Partial<Signature>>>): Map<string, Signature> {
  const merged = new Map<string, Signature>();
  const none = { team_identifier: '', hash_sha256: '', executable_path: '', executable_sha256: '' };
  for (const source of signatureSources) {
    for (const [path, part] of Object.entries(told.get(source.name) ?? {})) {
      const known = Object.entries(part).filter(([, value]) => value !== '');
      merged.set(path, { ...none, ...merged.get(path), ...Object.fromEntries(known) });
    }
  }
  return merged;
}

/** Where the software is, when it was last used and what vouches for it. */
function extrasOf({ software_id }: queries.IntervalRow, { paths, signatures, uses }: HostNow) {
  const opened = uses.get(software_id);
  const installed_paths = paths.get(software_id) ?? [];
  const signed = installed_paths.flatMap((installed_path) => {
    const signature = signatures.get(installed_path);
    if (!signature) return [];
    const { team_identifier, hash_sha256, executable_path, executable_sha256 } = signature;
    return {
      installed_path,
      team_identifier,
      hash_sha256: hash_sha256 || null,
      executable_path: executable_path || null,
      executable_sha256: executable_sha256 || null,
    };
  });
  return { installed_paths, signed, ...(opened && { last_opened_at: opened.toISOString() }) };
}

/** The system and its patches are no software of their own to people. */
const isShown = ({ kind }: queries.IntervalRow) => kind !== 'os' && kind !== 'patch';

/** A running kernel and its package are one version; the host has it once. */
const distinctVersions = (rows: queries.IntervalRow[]) => [
  ...new Map(rows.filter(isShown).map((row) => [row.version_id, row])).values(),
];

type HostRow = NonNullable<HostDetail['software']>[number];

function toHostRow(row: queries.IntervalRow, now: HostNow): HostRow {
  const { signed, ...extras } = extrasOf(row, now);
  return {
    id: row.version_id,
    name: row.name,
    display_name: row.display_name,
    version: row.version,
    source: row.source,
    browser: row.extension_for,
    extension_for: row.extension_for,
    ...(row.extension_id && { extension_id: row.extension_id }),
    ...(row.bundle_identifier && { bundle_identifier: row.bundle_identifier }),
    ...(row.upgrade_code && { upgrade_code: row.upgrade_code }),
    ...(row.vendor && { vendor: row.vendor }),
    ...(row.release && { release: row.release }),
    ...(row.arch && { arch: row.arch }),
    generated_cpe: '',
    ...extras,
    signature_information: signed.length > 0 ? signed : null,
    vulnerabilities: now.found.get(row.version_id)?.map(toVulnerability) ?? null,
  };
}

/** A title on a host as far as inventory knows it. */
export type TitleOnHost = Omit<HostTitle, 'status' | 'software_package'>;

/** All titles on the host with their versions there, by name; with `text` those whose name has it. */
export async function listTitlesOnHost(ctx: Context, hostId: number, text = ''): Promise<TitleOnHost[]> {
  await readHost(ctx, hostId);
  const now = await readNow(ctx, hostId);
  const part = text.toLowerCase();
  const wanted = now.rows.filter((row) => isShown(row) && row.name.toLowerCase().includes(part));
  return [...Map.groupBy(wanted, (row) => row.title_id).values()].map((group) => toHostTitle(group, now));
}

function toHostTitle(group: queries.IntervalRow[], now: HostNow): TitleOnHost {
  const [first] = group;
  if (!first) throw new Error('a title without rows');
  return {
    id: first.title_id,
    name: first.name,
    display_name: first.display_name,
    icon_url: null,
    source: first.source,
    extension_for: first.extension_for,
    ...(first.upgrade_code && { upgrade_code: first.upgrade_code }),
    app_store_app: null,
    installed_versions: distinctVersions(group).map((row) => {
      const { signed, ...extras } = extrasOf(row, now);
      return {
        version: row.version,
        ...(row.bundle_identifier && { bundle_identifier: row.bundle_identifier }),
        vulnerabilities: namesOf(now.found.get(row.version_id)),
        ...extras,
        ...(signed.length > 0 && { signature_information: signed }),
      };
    }),
  };
}

/** What was on the host at a moment in the past. */
export async function listSoftwareAt(
  ctx: Context,
  hostId: number,
  query: QueryOf<typeof atRoute>,
): Promise<ResponseOf<typeof atRoute>> {
  await readHost(ctx, hostId);
  const at = new Date(query.at);
  if (Number.isNaN(at.getTime())) throw badRequest('at', 'must be a moment such as 2026-01-31T12:00:00Z');
  const rows = await queries.readSoftwareAt(ctx.db, hostId, { at, ...(query.query && { text: query.query }) });
  const intervals = mergeIntervals(rows);
  const size = query.per_page ?? PAGE;
  const first = (query.page ?? 0) * size;
  return {
    at: at.toISOString(),
    count: intervals.length,
    software: intervals.slice(first, first + size).map(toInterval),
    meta: pageMeta(first, size, intervals.length),
  };
}

/** One version may be there as several software (package and running kernel, or before and after an upgrade of the system). */
function mergeIntervals(rows: queries.IntervalRow[]): queries.IntervalRow[] {
  const merged = new Map<number, queries.IntervalRow>();
  for (const row of rows) {
    const known = merged.get(row.version_id);
    if (!known) merged.set(row.version_id, { ...row });
    else {
      if (row.since < known.since) known.since = row.since;
      if (row.gone === null || (known.gone !== null && row.gone > known.gone)) {
        known.gone = row.gone;
        known.last_seen = row.last_seen;
      }
    }
  }
  return [...merged.values()];
}

function toInterval(row: queries.IntervalRow): Interval {
  const { version_id, title_id, name, version, release, arch, source, kind } = row;
  return {
    version_id,
    title_id,
    name,
    version,
    release,
    arch,
    source,
    kind,
    since: row.since.toISOString(),
    last_seen: row.last_seen?.toISOString() ?? null,
    gone: row.gone?.toISOString() ?? null,
  };
}

/** Images that can be started; packages that merely pull in the newest of them have no version in their name. */
const isKernelPackage = ({ kind, source, name }: queries.IntervalRow) =>
  kind === 'normal' &&
  (source === 'deb_packages'
    ? /^linux-image-(?:unsigned-)?\d/.test(name)
    : source === 'rpm_packages' && /^kernel(?:-core|-default|-rt-core)?$/.test(name));

/** How fresh the parts of the inventory are, and what of it could not be understood. */
export async function readInventory(ctx: Context, hostId: number): Promise<ResponseOf<typeof hostInventory>> {
  await readHost(ctx, hostId);
  const [parts, rows, problems, context] = await Promise.all([
    queries.readHostParts(ctx.db, hostId),
    queries.readSoftwareNow(ctx.db, hostId),
    listHostProblems(ctx, hostId),
    queries.readContextKey(ctx.db, hostId),
  ]);
  return {
    parts: parts.map((part) => ({
      part: part.part,
      ok_at: part.ok_at?.toISOString() ?? null,
      software_count: part.software_count,
      held: part.held_asked !== null,
      error: part.error,
      problems: part.problems,
    })),
    running_kernel: rows.find((row) => row.kind === 'kernel')?.version ?? null,
    installed_kernels: rows.filter(isKernelPackage).map((row) => [row.version, row.release].filter(Boolean).join('-')),
    judged_as: context || null,
    problems,
  };
}
