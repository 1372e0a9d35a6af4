import { identify as identifyDebian } from '../matching/debian.ts';
import type { SoftwareIdentity } from '../matching/software-identity.ts';
import type { Confidence } from '../matching/verdict.ts';
import { toPurl } from '../purl/to-purl.ts';
import type { CpeCandidate } from './cpe-candidate.ts';
import type { CpeNames } from './cpe-names.ts';
import { findCpes } from './find-cpes.ts';

/** What a software is, in the names that vulnerability data and bills of materials use. */
export interface Identification {
  purl: string;
  /** What a package of a distribution was built from, and the version of that; null for what is none. */
  sourcePackage: { name: string; version: string } | null;
  cpes: readonly CpeCandidate[];
  /** That these names mean the software; null where nothing but its own name is known. */
  confidence: Confidence | null;
  /** The rule of our data that named it, or that says that nothing ever names it. */
  rule: string | null;
}

export interface IdentityContext {
  names: CpeNames;
  /** The distribution release, as family `debian` and key `debian-12`; null where there is none. */
  distribution: { family: string; key: string } | null;
}

/** Names a software of any source. */
export function identify(software: SoftwareIdentity, { names, distribution }: IdentityContext): Identification {
  const purl = toPurl({ ...software, distribution });
  const sourcePackage = sourceOf(software);
  const found = findCpes(software, names);
  if ('never' in found) return { purl, sourcePackage, cpes: [], confidence: null, rule: found.rule };
  const [first] = found;
  const confidence = first?.confidence ?? confidenceIn(software);
  return { purl, sourcePackage, cpes: found, confidence, rule: first?.rule ?? null };
}

const reported = ({ name, version, sourcePackage, sourceVersion }: SoftwareIdentity) => ({
  name: sourcePackage || name,
  version: sourceVersion || version,
});

/** Sources whose packages are built from a source package that advisories may speak of. */
const built: Record<string, (software: SoftwareIdentity) => { name: string; version: string }> = {
  deb_packages: (software) => {
    const { name, version } = identifyDebian(software);
    return { name, version };
  },
  rpm_packages: ({ name, version, release, sourcePackage, sourceVersion }) => {
    // rpm itself names the file of the source package.
    const [, file] = /^(.+)-[^-]+-[^-]+\.src\.rpm$/.exec(sourcePackage) ?? [];
    return {
      name: file ?? (sourcePackage || name),
      version: sourceVersion || [version, release].filter(Boolean).join('-'),
    };
  },
  apk_packages: reported,
  pacman_packages: reported,
  portage_packages: reported,
};

const sourceOf = (software: SoftwareIdentity) => built[software.source]?.(software) ?? null;

/** Packages of languages are unique by name; of a distribution's, the binary's name may be that of another source. */
function confidenceIn({ source, sourcePackage }: SoftwareIdentity): Confidence | null {
  if (source === 'rpm_packages' || registries.has(source)) return 'high';
  if (!(source in built)) return null;
  return sourcePackage ? 'high' : 'medium';
}

const registries = new Set(['npm_packages', 'python_packages', 'go_binaries', 'rubygems', 'maven_packages']);
