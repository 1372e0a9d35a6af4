import type { HostTitle, listHostSoftware as listRoute } from '@flotilla/contract/host-software';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readHost } from '../hosts/index.ts';
import { listTitles, listTitlesOnHost, readPage, readRisk, type TitleOnHost } from '../inventory/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { platformOf } from '../kernel/host-platform.ts';
import { statusOf } from './install-status.ts';
import { newestOf, type PackageRow } from './package.ts';
import { toHostPackage } from './package-answer.ts';
import { readLibrary } from './queries/packages.ts';
import { type NewestTask, readNewestOnHost, readRisky } from './queries/status.ts';

const MOST_TITLES = 10_000;

type HostSoftwareQuery = QueryOf<typeof listRoute>;

/** Titles on the host with what can be and was installed of them; with `available_for_install` all that can be. */
export async function listHostSoftware(
  ctx: Context,
  hostId: number,
  query: HostSoftwareQuery,
): Promise<ResponseOf<typeof listRoute>> {
  const { answer: host } = await readHost(ctx, hostId);
  const risk = readRisk(query);
  const { order, cut } = readPage(query, { key: 'name', descending: false });
  const fleets = permitSome(ctx.actor, 'hosts:read');
  const [there, library, tasks] = await Promise.all([
    listTitlesOnHost(ctx, hostId),
    readLibrary(ctx.db, fleets === 'all' ? null : fleets),
    readNewestOnHost(ctx.db, hostId),
  ]);
  const fitting = library.filter(
    (one) => one.platform === platformOf(host.platform) && (query.self_service !== true || one.self_service),
  );
  const packages = Map.groupBy(fitting, (one) => one.title_id);
  const ofTitle = Map.groupBy(tasks, (task) => task.title_id);
  const offered = query.available_for_install || query.self_service;
  const titles = offered ? await installable(ctx, there, packages) : there;
  const wanted = titles.filter((title) => hasText(title, query.query) && isWantedOn(host.platform, title, query));
  const software = (risk ? await atRisk(ctx, wanted, risk) : wanted).map((title) =>
    withPackage(title, packages.get(title.id) ?? [], ofTitle.get(title.id) ?? []),
  );
  if (order.descending) software.reverse();
  const first = order.after ? indexAfter(software, order) : order.offset;
  const asked = software.slice(first, first + order.limit);
  const { rows, meta } = cut(asked, (title) => ({ value: title.name.toLowerCase(), id: title.id }));
  return { count: software.length, software: rows, meta };
}

type Order = ReturnType<typeof readPage<'name'>>['order'];

/** Where the list goes on: after the title that was seen, or after the name. */
function indexAfter(software: HostTitle[], { after, descending }: Order): number {
  const seen = software.findIndex((title) => title.id === after?.id);
  if (seen >= 0) return seen + 1;
  const name = String(after?.value);
  const isBeyond = ({ name: own }: HostTitle) => (descending ? own.toLowerCase() < name : own.toLowerCase() > name);
  const first = software.findIndex(isBeyond);
  return first < 0 ? software.length : first;
}

function hasText(title: TitleOnHost, text = ''): boolean {
  const part = text.toLowerCase();
  const names = [
    title.name,
    title.display_name,
    ...title.installed_versions.flatMap((one) => one.vulnerabilities ?? []),
  ];
  return names.some((name) => name.toLowerCase().includes(part));
}

const APPLICATIONS = '/Applications/';

/** On a Mac, applications are what people know by their icons; all else is parts of the system and of other programs. */
function isWantedOn(platform: string, title: TitleOnHost, { macos_applications }: HostSoftwareQuery): boolean {
  if (!macos_applications || platform !== 'darwin') return true;
  const paths = title.installed_versions.flatMap((one) => one.installed_paths);
  return title.source === 'apps' && paths.some((path) => path.startsWith(APPLICATIONS));
}

async function atRisk(
  ctx: Context,
  titles: TitleOnHost[],
  risk: NonNullable<ReturnType<typeof readRisk>>,
): Promise<TitleOnHost[]> {
  const namesOf = (title: TitleOnHost) => title.installed_versions.flatMap((one) => one.vulnerabilities ?? []);
  const risky = await readRisky(ctx.db, [...new Set(titles.flatMap(namesOf))], risk);
  return titles.filter((title) => namesOf(title).some((name) => risky.has(name)));
}

/** Titles of the library by name, as they are on the host if they are. */
async function installable(
  ctx: Context,
  there: TitleOnHost[],
  packages: Map<number, PackageRow[]>,
): Promise<TitleOnHost[]> {
  const onHost = new Map(there.map((title) => [title.id, title]));
  const query = { per_page: MOST_TITLES, order_key: 'name' } as const;
  const { software_titles } = await listTitles(ctx, query, [...packages.keys()]);
  return software_titles.map(
    ({ id, name, display_name, source, extension_for }) =>
      onHost.get(id) ?? {
        id,
        name,
        display_name,
        icon_url: null,
        source,
        extension_for,
        app_store_app: null,
        installed_versions: [],
      },
  );
}

function withPackage(title: TitleOnHost, packages: PackageRow[], tasks: NewestTask[]): HostTitle {
  const newest = newestOf(packages);
  const install = tasks.find((task) => task.kind === 'install');
  const removal = tasks.find((task) => task.kind === 'uninstall');
  const last = newestTask(install, removal);
  const status = last ? statusOf(last) : null;
  return {
    ...title,
    // Installed once, and gone by other hands since.
    status: status === 'installed' && title.installed_versions.length === 0 ? null : status,
    software_package:
      newest &&
      toHostPackage(newest, {
        last_install: install?.ended_at
          ? { install_uuid: install.id, installed_at: install.ended_at.toISOString() }
          : null,
        last_uninstall: removal?.ended_at
          ? { script_execution_id: removal.id, uninstalled_at: removal.ended_at.toISOString() }
          : null,
      }),
  };
}

function newestTask(a: NewestTask | undefined, b: NewestTask | undefined): NewestTask | undefined {
  if (!a || !b) return a ?? b;
  return a.created_at > b.created_at ? a : b;
}
