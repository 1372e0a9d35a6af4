import type { HostPackage, Package, PackageStatus, PackageSummary } from '@flotilla/contract/packages';
import type { Db } from '../kernel/db/database.ts';
import { countStatuses, noHosts } from './install-status.ts';
import type { PackageRow } from './package.ts';
import { countByState, readInstallingPolicies, type TitlesInFleets, type UsedBy } from './queries/status.ts';

/** What answers about packages say besides the packages, by title. */
export interface Surroundings {
  status: Map<number, PackageStatus>;
  policies: Map<number, UsedBy[]>;
}

export async function readSurroundings(db: Db, of: TitlesInFleets): Promise<Surroundings> {
  const [counts, policies] = await Promise.all([countByState(db, of), readInstallingPolicies(db, of)]);
  const byTitle = Map.groupBy(counts, (row) => row.title_id);
  return {
    status: new Map([...byTitle].map(([titleId, rows]) => [titleId, countStatuses(rows)])),
    policies: Map.groupBy(policies, (row) => row.title_id),
  };
}

const policiesOf = (titleId: number, { policies }: Pick<Surroundings, 'policies'>) =>
  policies.get(titleId)?.map(({ id, name, type }) => ({ id, name, type })) ?? null;

export function toPackage(one: PackageRow, around: Surroundings): Package {
  return {
    title_id: one.title_id,
    installer_id: one.id,
    team_id: one.fleet_id === 0 ? null : one.fleet_id,
    fleet_id: one.fleet_id === 0 ? null : one.fleet_id,
    name: one.file_name,
    version: one.version,
    platform: one.platform,
    uploaded_at: one.uploaded_at.toISOString(),
    hash_sha256: one.sha256,
    size: one.size,
    url: '',
    icon_url: null,
    display_name: '',
    categories: null,
    install_script: one.install_script,
    pre_install_query: one.pre_install_query,
    post_install_script: one.post_install_script,
    uninstall_script: one.uninstall_script,
    self_service: one.self_service,
    labels_include_any: null,
    labels_include_all: null,
    labels_exclude_any: null,
    automatic_install_policies: policiesOf(one.title_id, around),
    patch_policy: null,
    fleet_maintained_app_id: null,
    status: around.status.get(one.title_id) ?? noHosts(),
  };
}

export const toSummary = (one: PackageRow, around: Pick<Surroundings, 'policies'>): PackageSummary => ({
  name: one.file_name,
  version: one.version,
  platform: one.platform,
  self_service: one.self_service,
  package_url: null,
  fleet_maintained_app_id: null,
  patch_policy: null,
  automatic_install_policies: policiesOf(one.title_id, around),
});

export const toHostPackage = (
  one: PackageRow,
  last: Pick<HostPackage, 'last_install' | 'last_uninstall'>,
): HostPackage => ({
  name: one.file_name,
  version: one.version,
  platform: one.platform,
  self_service: one.self_service,
  icon_url: null,
  package_url: null,
  categories: null,
  automatic_install_policies: null,
  ...last,
});
