import { type PackageIdentity, toPurl } from '../purl/to-purl.ts';

/** A version in its distribution context, as a bill of materials lists it. */
export interface SbomSoftware extends PackageIdentity {
  kind: 'normal' | 'kernel' | 'os' | 'patch';
  versionId: number;
  contextId: number;
  vendor: string;
  bundleIdentifier: string;
  cpe: string;
  /** How many hosts have the version; null in the bill of one host. */
  hosts: number | null;
}

/** A component of CycloneDX 1.6, with the keys we fill. */
export interface SbomComponent {
  type: 'application' | 'library' | 'operating-system';
  'bom-ref': string;
  supplier?: { name: string };
  name: string;
  version?: string;
  cpe?: string;
  purl?: string;
  properties: { name: string; value: string }[];
}

/** Sources of which each row is a library for a language. */
const LIBRARIES = new Set(['npm_packages', 'python_packages']);

/** Unique within a bill: one version may be in it for several distributions. */
export const componentRef = (of: { versionId: number; contextId: number }) =>
  `version-${of.versionId}-context-${of.contextId}`;

/** One component of a bill of materials. Operating systems have no package URL. */
export function toComponent(of: SbomSoftware): SbomComponent {
  const isSystem = of.kind === 'os';
  const version = [of.version, of.release].filter(Boolean).join('-');
  const facts = {
    source: of.source,
    arch: of.arch,
    hosts: of.hosts === null ? '' : String(of.hosts),
    distribution: of.distribution?.key ?? '',
    source_package: of.sourcePackage,
    source_version: of.sourceVersion,
    bundle_identifier: of.bundleIdentifier,
  };
  return {
    type: isSystem ? 'operating-system' : LIBRARIES.has(of.source) ? 'library' : 'application',
    'bom-ref': componentRef(of),
    ...(of.vendor && !isSystem && { supplier: { name: of.vendor } }),
    name: of.name,
    ...(version && { version }),
    ...(of.cpe && { cpe: of.cpe }),
    ...(!isSystem && { purl: toPurl(of) }),
    properties: Object.entries(facts).flatMap(([name, value]) => (value ? { name: `flotilla:${name}`, value } : [])),
  };
}
