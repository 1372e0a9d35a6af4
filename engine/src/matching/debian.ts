import { conclude } from './conclude.ts';
import { trackedKernel } from './debian-kernels.ts';
import type { Matcher } from './matcher.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { Confidence, IdentityDerivation, NotJudged } from './verdict.ts';

/** What a Debian package is looked up and compared as. */
export interface DebianIdentity {
  name: string;
  version: string;
  derivation: IdentityDerivation;
}

/**
 * Packages of Debian. Its advisories speak of source packages and their versions, one list a release, so a binary package
 * is judged by what it was built from.
 */
export const debian: Matcher = {
  accepts: (software) =>
    isDebian(software.context) &&
    (software.source === 'deb_packages' || (software.source === 'linux_kernel' && software.kind === 'kernel')),
  lookupKeys: (software) => {
    if (software.source === 'linux_kernel') return kernelWithoutPackage;
    const { name } = identify(software);
    // Programs and headers built beside the kernel share its advisories, hardly ever its flaws.
    if (software.kind !== 'kernel' && trackedKernel(name)) return representedByKernel;
    return [`deb:${software.context}:${name}`];
  },
  judge: (software, candidate) => {
    const { version, derivation } = identify(software);
    const conclusion = conclude({ version, derivation, confidence: confidenceIn(derivation) }, candidate);
    return candidate.vulnerabilities.map((vulnerability) => ({ ...conclusion, vulnerability }));
  },
};

const kernelWithoutPackage: NotJudged = {
  notJudged: 'kernel_not_from_package',
  detail: 'the running kernel does not come from an installed package',
};

const representedByKernel: NotJudged = {
  notJudged: 'represented_by_running_kernel',
  detail: 'built from the kernel: its findings hang on the kernel that runs',
};

const isDebian = (context: string) => context.startsWith('debian-');

/** The source package and its version, from what the host reported. */
export function identify(software: SoftwareIdentity): DebianIdentity {
  const { name, version, sourcePackage, sourceVersion } = software;
  const source = sourcePackage || name;
  const tracked = trackedKernel(source);
  // Signed kernels count their source versions differently (6.1.90+1); their packages carry the kernel's (6.1.90-1).
  const signed = tracked !== null && tracked !== source;
  const isReported = sourceVersion !== '' && sourceVersion !== version && !signed;
  const plain = withoutRebuild(version);
  return {
    name: tracked ?? source,
    version: isReported ? sourceVersion : plain,
    derivation: {
      name: signed ? 'unsigned_source' : sourcePackage ? 'source_package' : 'package_name',
      version: isReported
        ? 'source_version'
        : plain === version
          ? 'package_version'
          : 'package_version_without_rebuild',
    },
  };
}

/** Binaries built again from an unchanged source carry `+bN`, which the source's version has not. */
const withoutRebuild = (version: string) => version.replace(/\+b\d+$/, '');

/** Without a reported source package, the binary's name may be that of another source. */
const confidenceIn = ({ name }: IdentityDerivation): Confidence => (name === 'package_name' ? 'medium' : 'high');
