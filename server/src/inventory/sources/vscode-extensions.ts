import { type SoftwareSource, software } from '../software.ts';

/** Extensions of Visual Studio Code and the editors made from it, which `extension_for` tells apart. */
export const vscodeExtensions: SoftwareSource = {
  source: 'vscode_extensions',
  part: 'editor',
  queryName: 'fleet_detail_query_software_vscode',
  platforms: ['linux', 'darwin', 'windows'],
  weight: 'bulky',
  optional: true,
  query: `SELECT DISTINCT v.name, v.version, 'vscode_extensions' AS source, v.uuid AS extension_id, v.vscode_edition AS extension_for,
  v.publisher AS vendor, v.path AS installed_path
FROM users CROSS JOIN vscode_extensions v USING (uid)`,
  toSoftware: (row) =>
    software({
      source: 'vscode_extensions',
      name: row.name ?? '',
      version: row.version ?? '',
      vendor: row.vendor ?? '',
      extensionId: row.extension_id ?? '',
      extensionFor: row.extension_for ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
