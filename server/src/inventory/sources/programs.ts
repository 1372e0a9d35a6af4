import { type SoftwareSource, software } from '../software.ts';

/** Windows programs, from the lists of what can be uninstalled. An MSI is known by its upgrade code through all versions. */
export const programs: SoftwareSource = {
  source: 'programs',
  part: 'programs',
  queryName: 'fleet_detail_query_software_programs',
  platforms: ['windows'],
  weight: 'bulky',
  query: `SELECT name, version, 'programs' AS source, publisher AS vendor, upgrade_code, install_location AS installed_path
FROM programs`,
  toSoftware: (row) =>
    software({
      source: 'programs',
      name: withTrack(row.name ?? '', row.installed_path ?? ''),
      version: row.version ?? '',
      vendor: row.vendor ?? '',
      upgradeCode: row.upgrade_code ?? '',
      installedPath: row.installed_path ?? '',
    }),
};

/** Acrobat of the continuous track leaves `DC` out of its name since 2021, and vulnerability data does not. */
const withTrack = (name: string, path: string) =>
  /\\Acrobat DC\\?$/i.test(path) && !/\bDC\b/.test(name)
    ? name.replace(/^(Adobe Acrobat(?: Reader)?)\b/, '$1 DC')
    : name;
