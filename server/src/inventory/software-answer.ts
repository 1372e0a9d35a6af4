import type { EndOfLife } from '@flotilla/contract/end-of-life';
import type { Version } from '@flotilla/contract/software';
import type { FoundVulnerability } from './queries/found.ts';
import type { TitleRow } from './queries/titles.ts';
import type { VersionRow } from './queries/versions.ts';

/** What does not apply to a source is left out, as the contract does. */
const filled = <K extends string>(row: Record<K, string>, names: readonly K[]) =>
  Object.fromEntries(names.filter((name) => row[name] !== '').map((name) => [name, row[name]])) as {
    [key in K]?: string;
  };

/** The name people gave a title is its name. */
export function toTitle(row: TitleRow, versionsCount: number) {
  return {
    id: row.id,
    name: row.display_name,
    display_name: row.display_name,
    source: row.source,
    browser: row.extension_for,
    extension_for: row.extension_for,
    ...filled(row, ['bundle_identifier', 'application_id', 'upgrade_code']),
    icon_url: null,
    hosts_count: row.hosts,
    versions_count: versionsCount,
    app_store_app: null,
  };
}

export function toVersion(
  row: VersionRow,
  found: FoundVulnerability[] | undefined,
  endOfLife: EndOfLife | undefined,
): Version {
  return {
    id: row.id,
    software_title_id: row.title_id,
    name: row.name,
    display_name: row.display_name,
    version: row.version,
    source: row.source,
    browser: row.extension_for,
    extension_for: row.extension_for,
    ...filled(row, [
      'bundle_identifier',
      'application_id',
      'upgrade_code',
      'release',
      'vendor',
      'arch',
      'extension_id',
    ]),
    generated_cpe: '',
    hosts_count: row.hosts,
    vulnerabilities: found?.map(toVulnerability) ?? null,
    end_of_life: endOfLife ?? null,
  };
}

/** Null where nobody could judge, empty where nothing was found. */
export const namesOf = (found: FoundVulnerability[] | undefined) => found?.map(({ name }) => name) ?? null;

export const toVulnerability = (found: FoundVulnerability) => ({
  cve: found.name,
  details_link: detailsLink(found.name),
  created_at: found.createdAt.toISOString(),
  cvss_score: found.cvss,
  epss_probability: found.epss,
  cisa_known_exploit: found.isExploited,
  cve_published: found.publishedAt?.toISOString() ?? null,
  cve_description: found.description,
  resolved_in_version: found.fixVersion,
});

/** Where a person can read about a vulnerability. */
export const detailsLink = (name: string) =>
  name.startsWith('CVE-')
    ? `https://nvd.nist.gov/vuln/detail/${name}`
    : `https://security-tracker.debian.org/tracker/${name}`;
