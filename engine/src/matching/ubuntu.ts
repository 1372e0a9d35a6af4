import { conclude } from './conclude.ts';
import {
  confidenceInDeb,
  type DebIdentity,
  identifyDeb,
  kernelWithoutPackage,
  representedByKernel,
} from './deb-identity.ts';
import type { Matcher } from './matcher.ts';
import { oncePerSoftware } from './once-per-software.ts';
import { trackedKernel } from './ubuntu-kernels.ts';
import type { Verdict } from './verdict.ts';

/**
 * Packages of Ubuntu, by source package as with Debian. Each release has two lists: what everybody gets, and what only
 * subscribers of Ubuntu Pro get (`ubuntu-22.04-pro`). Every host is held against both.
 */
export const ubuntu: Matcher = {
  accepts: (software) =>
    software.context.startsWith('ubuntu-') &&
    (software.source === 'deb_packages' || (software.source === 'linux_kernel' && software.kind === 'kernel')),
  lookupKeys: (software) => {
    if (software.source === 'linux_kernel') return kernelWithoutPackage;
    const { name } = identify(software);
    if (software.kind !== 'kernel' && trackedKernel(name)) return representedByKernel;
    const release = software.context.replace(/-pro$/, '');
    return [`deb:${release}:${name}`, `deb:${release}-pro:${name}`];
  },
  judge: (software, candidate) => {
    const { version, derivation } = identify(software);
    const conclusion = conclude({ version, derivation, confidence: confidenceInDeb(derivation) }, candidate);
    const isForOthers = isOfPro(candidate.affected.key) && !software.context.endsWith('-pro');
    const remark = isForOthers && conclusion.fix !== null ? 'subscription' : conclusion.remark;
    return candidate.vulnerabilities.map((vulnerability) => ({ ...conclusion, remark, vulnerability }));
  },
  decisive,
};

const isOfPro = (key: string) => key.includes('-pro:');

/**
 * What is fixed in either list is fixed: packages of one list also reach hosts that follow the other. Without a fix that is
 * installed, the one that everybody gets comes before that for subscribers.
 */
function decisive(verdicts: readonly Verdict[]): readonly Verdict[] {
  const groups: ((verdict: Verdict) => boolean)[] = [
    ({ verdict }) => verdict === 'not_affected',
    ({ verdict, fix, evidence }) => verdict === 'affected' && fix !== null && !isOfPro(evidence.key),
    ({ verdict, fix }) => verdict === 'affected' && fix !== null,
    ({ verdict }) => verdict === 'affected',
  ];
  const group = groups.find((isIn) => verdicts.some(isIn));
  const chosen = group ? verdicts.filter(group) : verdicts;
  const ofAll = chosen.filter(({ evidence }) => !isOfPro(evidence.key));
  return ofAll.length > 0 ? ofAll : chosen;
}

/** The source package and its version, as Ubuntu tracks them. */
export const identify = oncePerSoftware((software): DebIdentity => {
  const identity = identifyDeb(software, trackedKernel);
  if (identity.derivation.name !== 'unsigned_source') return identity;
  // An image that was signed again carries `+N` behind the kernel's version.
  const version = identity.version.replace(/\+\d+$/, '');
  return { ...identity, version };
});
