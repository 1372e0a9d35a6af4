import type { HostTitle, listHostSoftware as listRoute } from '@flotilla/contract/host-software';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readHost } from '../hosts/index.ts';
import { listTitles, listTitlesOnHost, pageMeta, type TitleOnHost } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { platformOf } from '../kernel/host-platform.ts';
import { statusOf } from './install-status.ts';
import { newestOf, type PackageRow } from './package.ts';
import { toHostPackage } from './package-answer.ts';
import { readLibrary } from './queries/packages.ts';
import { type NewestTask, readNewestOnHost } from './queries/status.ts';

const PAGE = 20;
const MOST_TITLES = 10_000;

/** Titles on the host with what can be and was installed of them; with `available_for_install` all that can be. */
export async function listHostSoftware(
  ctx: Context,
  hostId: number,
  query: QueryOf<typeof listRoute>,
): Promise<ResponseOf<typeof listRoute>> {
  const { answer: host } = await readHost(ctx, hostId);
  const [there, library, tasks] = await Promise.all([
    listTitlesOnHost(ctx, hostId, query.query),
    readLibrary(ctx.db),
    readNewestOnHost(ctx.db, hostId),
  ]);
  const fitting = library.filter((one) => one.platform === platformOf(host.platform));
  const packages = Map.groupBy(fitting, (one) => one.title_id);
  const ofTitle = Map.groupBy(tasks, (task) => task.title_id);
  const titles = query.available_for_install ? await installable(ctx, there, { packages, text: query.query }) : there;
  const software = titles.map((title) => withPackage(title, packages.get(title.id) ?? [], ofTitle.get(title.id) ?? []));
  if (query.order_direction === 'desc') software.reverse();
  const size = query.per_page ?? PAGE;
  const first = (query.page ?? 0) * size;
  return {
    count: software.length,
    software: software.slice(first, first + size),
    meta: pageMeta(first, size, software.length),
  };
}

/** Titles of the library by name, as they are on the host if they are. */
async function installable(
  ctx: Context,
  there: TitleOnHost[],
  { packages, text }: { packages: Map<number, PackageRow[]>; text: string | undefined },
): Promise<TitleOnHost[]> {
  const onHost = new Map(there.map((title) => [title.id, title]));
  const query = {
    per_page: MOST_TITLES,
    order_key: 'name',
    order_direction: 'asc',
    ...(text && { query: text }),
  } as const;
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
