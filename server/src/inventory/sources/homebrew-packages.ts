import { type SoftwareSource, software } from '../software.ts';

/** Formulae of Homebrew, and casks that bring no app: those that do are apps already. */
export const homebrewPackages: SoftwareSource = {
  source: 'homebrew_packages',
  part: 'homebrew',
  queryName: 'fleet_detail_query_software_homebrew',
  platforms: ['darwin'],
  weight: 'bulky',
  query: `SELECT name, version, 'homebrew_packages' AS source, path AS installed_path FROM homebrew_packages
WHERE type = 'formula' OR (type = 'cask' AND app_name = '')`,
  toSoftware: (row) =>
    software({
      source: 'homebrew_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
