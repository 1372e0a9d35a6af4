import type { PackageRow } from './package.ts';

/** What activities about packages say; the keys are those of Fleet's API. */
export const packageDetails = (one: PackageRow) => ({
  software_title: one.name,
  software_package: one.file_name,
  software_title_id: one.title_id,
  version: one.version,
  hash_sha256: one.sha256,
  team_id: one.fleet_id === 0 ? null : one.fleet_id,
  team_name: one.fleet_name,
  fleet_id: one.fleet_id === 0 ? null : one.fleet_id,
  fleet_name: one.fleet_name,
  self_service: one.self_service,
});
