import type { Affected } from '../advisories/advisory.ts';
import { type Compared, conclude } from './conclude.ts';
import {
  confidenceInDeb,
  type DebIdentity,
  identifyDeb,
  kernelWithoutPackage,
  representedByKernel,
} from './deb-identity.ts';
import { trackedKernel } from './debian-kernels.ts';
import type { Matcher } from './matcher.ts';
import { oncePerSoftware } from './once-per-software.ts';

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
  judge: (software) => {
    const { version, derivation } = identify(software);
    const compared: Compared = { version, derivation, confidence: confidenceInDeb(derivation) };
    return (statement) => {
      if (!statement.isDerived) return conclude(compared, statement);
      return conclude({ ...compared, version: uploadOf(version, statement.affected) }, statement);
    };
  },
};

/** What a release gives to an upload that it took over from a later one; `3.0.19-1~deb12u2`. */
const RELEASE = /~deb\d+u\d+$/;

/**
 * A changelog names the upload that had a fix first, and a release that took the upload over has it too, though its version
 * sorts before. The tracker itself names the version of the release, which is compared as it is.
 */
const uploadOf = (version: string, { ranges }: Affected) =>
  ranges.some(({ fixed = '' }) => RELEASE.test(fixed)) ? version : version.replace(RELEASE, '');

const isDebian = (context: string) => context.startsWith('debian-');

/** The source package and its version, as Debian tracks them. */
export const identify = oncePerSoftware((software): DebIdentity => identifyDeb(software, trackedKernel));
