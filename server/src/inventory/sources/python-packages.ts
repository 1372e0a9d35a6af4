import type { Row } from '../../kernel/host-queries.ts';
import { type SoftwareSource, software } from '../software.ts';

/**
 * Python packages of the system and of every user. One that a distribution package `python3-<name>` brought is left out:
 * the distribution patches it, and its own row stands for it. Searching the disk costs a second of CPU, so it runs alone.
 */
export const pythonPackages: SoftwareSource = {
  source: 'python_packages',
  part: 'python',
  queryName: 'fleet_detail_query_software_python',
  platforms: ['linux'],
  weight: 'heavy',
  query: `SELECT DISTINCT p.name, p.version, 'python_packages' AS source, p.path AS installed_path
FROM users CROSS JOIN python_packages p USING (uid)
WHERE 'python3-' || lower(replace(replace(p.name, '_', '-'), '.', '-')) NOT IN (
  SELECT name FROM deb_packages WHERE status LIKE '% ok installed' UNION SELECT name FROM rpm_packages)`,
  toSoftware: toPythonPackage,
};

/** Where no distribution packages Python's modules. */
export const pythonPackagesElsewhere: SoftwareSource = {
  ...pythonPackages,
  platforms: ['darwin', 'windows'],
  query: `SELECT DISTINCT p.name, p.version, 'python_packages' AS source, p.path AS installed_path
FROM users CROSS JOIN python_packages p USING (uid)`,
};

function toPythonPackage(row: Row) {
  return software({
    source: 'python_packages',
    name: row.name ?? '',
    version: row.version ?? '',
    installedPath: row.installed_path ?? '',
  });
}
