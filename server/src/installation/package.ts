import { isUnparsable } from '@flotilla/engine/versions/scheme';
import { schemes } from '@flotilla/engine/versions/schemes';

/** A package of the library. */
export interface PackageRow {
  id: number;
  title_id: number;
  /** 0: the library of hosts in no fleet. */
  fleet_id: number;
  fleet_name: string | null;
  file_name: string;
  format: 'deb';
  name: string;
  version: string;
  arch: string;
  platform: string;
  source_package: string;
  source_version: string;
  sha256: string;
  size: number;
  install_script: string;
  uninstall_script: string;
  post_install_script: string;
  pre_install_query: string;
  self_service: boolean;
  uploaded_at: Date;
  uploaded_by: string;
}

/** The order of versions by the rules of the package's format; negative when `a` is older. Unreadable ones come first. */
export function comparePackageVersions(a: Pick<PackageRow, 'version'>, b: Pick<PackageRow, 'version'>): number {
  const { dpkg } = schemes;
  const [left, right] = [dpkg.parse(a.version), dpkg.parse(b.version)];
  if (isUnparsable(left)) return isUnparsable(right) ? 0 : -1;
  return isUnparsable(right) ? 1 : dpkg.compare(left, right);
}

/** The newest of some packages; of equal ones the first that was added. */
export function newestOf(packages: readonly PackageRow[]): PackageRow | null {
  let newest: PackageRow | null = null;
  for (const one of packages) if (!newest || comparePackageVersions(newest, one) < 0) newest = one;
  return newest;
}
