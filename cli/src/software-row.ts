import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';

const texts = ['name', 'version', 'context', 'source', 'source_package', 'source_version', 'arch', 'kind'] as const;
const required = ['name', 'version', 'context'] as const;

/** A line of software as the engine knows it, or what is wrong with it. Fields of other names are left alone. */
export function toSoftware(fields: Record<string, unknown>): SoftwareIdentity | { error: string } {
  const odd = texts.find((name) => !['string', 'undefined'].includes(typeof (fields[name] ?? undefined)));
  if (odd) return { error: `${odd} must be a text` };
  const missing = required.find((name) => !fields[name]);
  if (missing) return { error: `${missing} is missing` };
  const field = (name: (typeof texts)[number], absent = '') => (fields[name] as string | null | undefined) || absent;
  const kind = field('kind', 'normal');
  if (kind !== 'normal' && kind !== 'kernel') return { error: 'kind is normal or kernel' };
  return softwareIdentity({
    kind,
    source: field('source', 'deb_packages'),
    name: field('name'),
    version: field('version'),
    context: field('context'),
    arch: field('arch'),
    sourcePackage: field('source_package'),
    sourceVersion: field('source_version'),
  });
}
