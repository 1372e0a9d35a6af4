import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter, IdParams, Meta, Nullable, Paging, Timestamp } from './shapes.ts';

/** How many hosts are where with a title's packages: each by the newest thing that was asked of it. */
export const PackageStatus = Type.Object({
  installed: Type.Integer(),
  pending_install: Type.Integer(),
  failed_install: Type.Integer(),
  pending_uninstall: Type.Integer(),
  failed_uninstall: Type.Integer(),
});
export type PackageStatus = Static<typeof PackageStatus>;

export const InstallStatus = Type.Enum([
  'installed',
  'pending_install',
  'failed_install',
  'pending_uninstall',
  'failed_uninstall',
]);
export type InstallStatus = Static<typeof InstallStatus>;

const PolicyRefs = Nullable(Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), type: Type.String() })));

/** A package in lists of titles. */
export const PackageSummary = Type.Object({
  name: Type.String({ description: 'file name' }),
  version: Type.String(),
  platform: Type.String(),
  self_service: Type.Boolean(),
  package_url: Type.Null(),
  fleet_maintained_app_id: Type.Null(),
  patch_policy: Type.Null(),
  automatic_install_policies: PolicyRefs,
});
export type PackageSummary = Static<typeof PackageSummary>;

/** A package in full. */
export const Package = Type.Object({
  title_id: Type.Integer(),
  installer_id: Type.Integer(),
  team_id: Nullable(Type.Integer()),
  fleet_id: Nullable(Type.Integer()),
  name: Type.String({ description: 'file name' }),
  version: Type.String(),
  platform: Type.String(),
  uploaded_at: Timestamp,
  hash_sha256: Type.String(),
  size: Type.Integer({ description: 'bytes' }),
  url: Type.String(),
  icon_url: Type.Null(),
  display_name: Type.String(),
  categories: Type.Null(),
  install_script: Type.String(),
  pre_install_query: Type.String(),
  post_install_script: Type.String(),
  uninstall_script: Type.String(),
  self_service: Type.Boolean(),
  labels_include_any: Type.Null(),
  labels_include_all: Type.Null(),
  labels_exclude_any: Type.Null(),
  automatic_install_policies: PolicyRefs,
  patch_policy: Type.Null(),
  fleet_maintained_app_id: Type.Null(),
  status: PackageStatus,
});
export type Package = Static<typeof Package>;

/** A package in the software of one host. */
export const HostPackage = Type.Object({
  name: Type.String(),
  version: Type.String(),
  platform: Type.String(),
  self_service: Type.Boolean(),
  icon_url: Type.Null(),
  package_url: Type.Null(),
  categories: Type.Null(),
  automatic_install_policies: PolicyRefs,
  last_install: Nullable(Type.Object({ install_uuid: Type.String(), installed_at: Timestamp })),
  last_uninstall: Nullable(Type.Object({ script_execution_id: Type.String(), uninstalled_at: Timestamp })),
});
export type HostPackage = Static<typeof HostPackage>;

const Bytes = { alt: Type.Optional(Type.Literal('media', { description: 'the file itself' })) };

export const uploadPackage = {
  method: 'POST',
  path: '/api/v1/fleet/software/package',
  summary: 'Add a package to the library: a multipart form whose field `software` is the file',
  access: 'software:write',
  reach: 'fleets',
  consumes: 'multipart/form-data',
  response: Type.Object({ software_package: Package }),
} as const satisfies Route;

export const getPackage = {
  method: 'GET',
  path: '/api/v1/fleet/software/titles/:id/package',
  summary: 'A package of a title, the newest unless one is named, or with `alt=media` its file',
  access: 'software:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    ...FleetFilter,
    ...Bytes,
    installer_id: Type.Optional(Type.Integer({ minimum: 1, description: 'one of several' })),
  }),
  response: Type.Object({ software_installer: Package }),
} as const satisfies Route;

export const deletePackage = {
  method: 'DELETE',
  path: '/api/v1/fleet/software/titles/:id/available_for_install',
  summary: 'Take the packages of a title out of the library; what is installed stays, what is pending is cancelled',
  access: 'software:write',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    ...FleetFilter,
    installer_id: Type.Optional(Type.Integer({ minimum: 1, description: 'only this one of several' })),
  }),
} as const satisfies Route;

export const LibraryEntry = Type.Object({
  title_id: Type.Integer(),
  title: Type.String(),
  source: Type.String(),
  hosts_count: Type.Integer({ description: 'hosts that have the title, in any version' }),
  packages: Type.Array(Package, { description: 'newest version first' }),
  status: PackageStatus,
});
export type LibraryEntry = Static<typeof LibraryEntry>;

export const listLibrary = {
  method: 'GET',
  path: '/api/v1/flotilla/library',
  summary: 'Titles that can be installed, by name',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({ ...FleetFilter, ...Paging, query: Type.Optional(Type.String({ maxLength: 255 })) }),
  response: Type.Object({ count: Type.Integer(), library: Type.Array(LibraryEntry), meta: Meta }),
} as const satisfies Route;
