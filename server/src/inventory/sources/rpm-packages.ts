import { type SoftwareSource, software } from '../software.ts';

/** rpm packages. `source` is the file name of the source package; the epoch counts first when versions are compared. */
export const rpmPackages: SoftwareSource = {
  source: 'rpm_packages',
  part: 'rpm',
  queryName: 'fleet_detail_query_software_rpm',
  platforms: ['linux'],
  weight: 'bulky',
  query: `SELECT name, version, 'rpm_packages' AS source, source AS source_package, release, vendor, arch, epoch FROM rpm_packages`,
  toSoftware: (row) =>
    software({
      source: 'rpm_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      release: row.release ?? '',
      vendor: row.vendor ?? '',
      arch: row.arch ?? '',
      sourcePackage: sourceName(row.source_package ?? '') ?? row.name ?? '',
      sourceVersion: withEpoch(row.epoch ?? '', `${row.version ?? ''}-${row.release ?? ''}`),
    }),
};

/** `bash-5.1.8-9.el9.src.rpm` → `bash`: version and release hold no hyphen. */
const sourceName = (file: string) => /^(.+)-[^-]+-[^-]+\.(?:no)?src\.rpm$/.exec(file)?.[1] ?? null;
const withEpoch = (epoch: string, version: string) => (/^[1-9]\d*$/.test(epoch) ? `${epoch}:${version}` : version);
