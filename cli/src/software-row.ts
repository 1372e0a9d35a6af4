import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';
import { systemOf } from './system-row.ts';

const texts = [
  ...(['name', 'version', 'context', 'source', 'source_package', 'source_version', 'arch', 'kind', 'vendor'] as const),
  ...(['release', 'module', 'bundle_identifier', 'upgrade_code', 'extension_id', 'extension_for'] as const),
];
const required = ['name', 'version'] as const;

/** Sources whose packages mean something in a release of a distribution only. */
const distributed = new Set(['deb_packages', 'rpm_packages', 'apk_packages', 'pacman_packages', 'linux_kernel']);

/** A line of software as the engine knows it, or what is wrong with it. Fields of other names are left alone. */
export function toSoftware(fields: Record<string, unknown>): SoftwareIdentity | { error: string } {
  const odd = texts.find((name) => !['string', 'undefined'].includes(typeof (fields[name] ?? undefined)));
  if (odd) return { error: `${odd} must be a text` };
  const missing = required.find((name) => !fields[name]);
  if (missing) return { error: `${missing} is missing` };
  const field = (name: (typeof texts)[number], absent = '') => (fields[name] as string | null | undefined) || absent;
  const kind = field('kind', 'normal');
  if (kind !== 'normal' && kind !== 'kernel') return { error: 'kind is normal or kernel' };
  const system = systemOf(fields.os);
  if (system && 'error' in system) return system;
  return softwareIdentity({
    kind,
    source: field('source', 'deb_packages'),
    name: field('name'),
    version: field('version'),
    context: field('context', system?.key),
    arch: field('arch'),
    vendor: field('vendor'),
    release: field('release'),
    module: field('module'),
    bundleIdentifier: field('bundle_identifier'),
    upgradeCode: field('upgrade_code'),
    extensionId: field('extension_id'),
    extensionFor: field('extension_for'),
    sourcePackage: field('source_package'),
    sourceVersion: field('source_version'),
  });
}

/** Whether a software cannot be judged without the release it belongs to. */
export const lacksContext = ({ source, context }: SoftwareIdentity): boolean =>
  context === '' && distributed.has(source);
