import type { SoftwareIdentity } from './software-identity.ts';
import type { Confidence, IdentityDerivation, NotJudged } from './verdict.ts';

/** What a Debian or Ubuntu package is looked up and compared as. */
export interface DebIdentity {
  name: string;
  version: string;
  derivation: IdentityDerivation;
}

/** The name under which a distribution tracks a kernel's source package; null for what is no kernel. */
export type TrackedKernel = (sourcePackage: string) => string | null;

/** The source package and its version, from what the host reported. */
export function identifyDeb(software: SoftwareIdentity, trackedKernel: TrackedKernel): DebIdentity {
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
export const confidenceInDeb = ({ name }: IdentityDerivation): Confidence =>
  name === 'package_name' ? 'medium' : 'high';

export const kernelWithoutPackage: NotJudged = {
  notJudged: 'kernel_not_from_package',
  detail: 'the running kernel does not come from an installed package',
};

export const representedByKernel: NotJudged = {
  notJudged: 'represented_by_running_kernel',
  detail: 'built from the kernel: its findings hang on the kernel that runs',
};
