import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';

const texts = [
  ...(['name', 'version', 'context', 'source', 'source_package', 'source_version', 'arch', 'kind'] as const),
  ...(['vendor', 'release', 'module'] as const),
] as const;
/** Packages whose advisories depend on the distribution. */
const ofDistributions = new Set(['deb_packages', 'rpm_packages', 'apk_packages', 'pacman_packages']);

/** A line of software as the engine knows it, or what is wrong with it. Fields of other names are left alone. */
export function toSoftware(fields: Record<string, unknown>): SoftwareIdentity | { error: string } {
  const odd = texts.find((name) => !['string', 'undefined'].includes(typeof (fields[name] ?? undefined)));
  if (odd) return { error: `${odd} must be a text` };
  const field = (name: (typeof texts)[number], absent = '') => (fields[name] as string | null | undefined) || absent;
  const source = field('source', 'deb_packages');
  const required = ['name', 'version', ...(ofDistributions.has(source) ? ['context'] : [])];
  const missing = required.find((name) => !fields[name]);
  if (missing) return { error: `${missing} is missing` };
  const kind = field('kind', 'normal');
  if (kind !== 'normal' && kind !== 'kernel') return { error: 'kind is normal or kernel' };
  return softwareIdentity({
    kind,
    source,
    name: field('name'),
    version: field('version'),
    context: field('context'),
    arch: field('arch'),
    vendor: field('vendor'),
    release: field('release'),
    module: field('module'),
    sourcePackage: field('source_package'),
    sourceVersion: field('source_version'),
  });
}
