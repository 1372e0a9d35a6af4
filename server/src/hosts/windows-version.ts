import type { Row } from '../kernel/host-queries.ts';

/**
 * `os_version` knows the build but not its revision, nor the release that people name (23H2). What is fixed follows from the
 * build and the updates beside it together, so they are asked for together.
 */
export const windowsVersionSql = `SELECT o.*, k.version AS kernel_version, r.data AS display_version, p.ids AS patches
FROM os_version o CROSS JOIN kernel_info k
LEFT JOIN registry r ON r.path = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\DisplayVersion'
LEFT JOIN (SELECT group_concat(DISTINCT hotfix_id) AS ids FROM patches) p
LIMIT 1`;

const ARCHITECTURES: Record<string, string> = { '64-bit': 'x64', '32-bit': 'x86', 'ARM 64-bit Processor': 'arm64' };

export interface WindowsVersion {
  name: string;
  version: string;
  arch: string;
}

/** The updates that the row of Windows names, in one order; `none`, or nothing where the row has no say. */
export function toPatchSet({ patches }: Row): string {
  if (patches === undefined) return '';
  const numbers = [...new Set(patches.toUpperCase().match(/\bKB\d{4,}\b/g))];
  return numbers.sort().join(',') || 'none';
}

/**
 * `Windows 11 23H2`, `10.0.22631.2861`, `x64`. The edition is left out: what is installed, and so what is vulnerable, does
 * not depend on it.
 */
export function toWindowsVersion(row: Row): WindowsVersion {
  const full = (row.name ?? '').replace(/^Microsoft /, '');
  const [product] = /^Windows (?:Server )?\d[\d.]*(?: R2)?/.exec(full) ?? [full];
  const arch = row.arch ?? '';
  return {
    name: [product, row.display_version].filter(Boolean).join(' '),
    version: row.kernel_version || row.version || '',
    arch: ARCHITECTURES[arch] ?? arch,
  };
}
