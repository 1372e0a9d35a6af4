import { type SoftwareSource, software } from '../software.ts';
import { originOf } from './deb-packages.ts';

/** Packages that hold a kernel to boot, where rpm says what is installed: of the RHEL family, Amazon and Oracle, and of SUSE. */
const PLAIN = "'kernel', 'kernel-core', 'kernel-rt-core', 'kernel-uek', 'kernel-uek-core', 'kernel6.12'";
const FLAVOURS =
  "'kernel-default', 'kernel-default-base', 'kernel-azure', 'kernel-preempt', 'kernel-rt', 'kernel-64kb'";

/**
 * SUSE's kernels call themselves by the version, the release without its last number, and the flavour: kernel-default
 * 5.14.21-150500.55.62.2 is 5.14.21-150500.55.62-default.
 */
const FLAVOUR = "substr(replace(r.name, '-base', ''), 7)";
const isOfFlavour = `k.version GLOB '*' || ${FLAVOUR}
    AND r.version || '-' || r.release GLOB substr(k.version, 1, length(k.version) - length(${FLAVOUR})) || '.*'`;

/**
 * The running kernel, found in the package it came from. Kernel findings hang on it and not on the kernels that are merely
 * installed. Without a package (a kernel of one's own, a container) its version is what `uname -r` says.
 */
export const runningKernel: SoftwareSource = {
  source: 'linux_kernel',
  part: 'os',
  queryName: 'fleet_detail_query_kernel_info',
  platforms: ['linux'],
  weight: 'light',
  query: `SELECT k.version AS running, d.name, d.version, d.source AS source_package, d.arch,
  r.name AS rpm_name, r.version AS rpm_version, r.release AS rpm_release, r.vendor AS rpm_vendor, r.arch AS rpm_arch
FROM kernel_info k
LEFT JOIN deb_packages d ON d.name IN ('linux-image-' || k.version, 'linux-image-unsigned-' || k.version)
  AND d.status LIKE '% ok installed'
LEFT JOIN rpm_packages r ON r.name IN (${PLAIN}, ${FLAVOURS})
  AND (r.version || '-' || r.release || '.' || r.arch = k.version OR ${isOfFlavour})
LIMIT 1`,
  toSoftware: (row) => {
    if (row.name) {
      const { name, version = '', arch = '' } = row;
      return software({ kind: 'kernel', source: 'deb_packages', name, version, arch, ...originOf(row) });
    }
    if (row.rpm_name) return rpmKernel(row);
    if (!row.running) return { problem: 'no kernel version' };
    return software({ kind: 'kernel', source: 'linux_kernel', name: 'Linux kernel', version: row.running });
  },
};

function rpmKernel(row: Record<string, string>) {
  const { rpm_name = '', rpm_version = '', rpm_release = '' } = row;
  return software({
    kind: 'kernel',
    source: 'rpm_packages',
    name: rpm_name,
    version: rpm_version,
    release: rpm_release,
    vendor: row.rpm_vendor ?? '',
    arch: row.rpm_arch ?? '',
    sourcePackage: sourceOf(rpm_name),
    sourceVersion: `${rpm_version}-${rpm_release}`,
  });
}

const sourceOf = (name: string) =>
  /^kernel-(?:rt-)?core$/.test(name) ? 'kernel' : name.replace(/-(?:core|base)$/, '');
