import type { exportTitles as titlesRoute } from '@flotilla/contract/exports';
import type { QueryOf } from '@flotilla/contract/route';
import type { TitleListItem } from '@flotilla/contract/software';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { allPages, type Columns, type ExportFile, tableFile } from '../kernel/http/exports.ts';
import { listTitlesWithPackages } from './list-library.ts';

/** Titles read at once. */
const PAGE = 1_000;

const columns: Columns<TitleListItem> = {
  id: (title) => title.id,
  name: (title) => title.name,
  source: (title) => title.source,
  extension_for: (title) => title.extension_for,
  hosts_count: (title) => title.hosts_count,
  versions_count: (title) => title.versions_count,
  vulnerable_versions_count: (title) => title.versions.filter((version) => version.vulnerabilities?.length).length,
  vulnerabilities: (title) =>
    [...new Set(title.versions.flatMap((version) => version.vulnerabilities ?? []))].sort().join(' '),
  package: (title) => title.software_package?.name,
  package_version: (title) => title.software_package?.version,
};

/** The titles of a list as a file. */
export function exportTitles(ctx: Context, { format = 'csv', ...query }: QueryOf<typeof titlesRoute>): ExportFile {
  permitSome(ctx.actor, 'software:read');
  return tableFile({
    name: 'software-titles',
    format,
    columns,
    rows: (of) =>
      allPages(async (cursor) => {
        const page = { per_page: PAGE, ...(cursor && { cursor }) };
        const { software_titles: rows, meta } = await listTitlesWithPackages(of, { ...query, ...page });
        return { rows, next: meta.next_cursor };
      }),
  });
}
