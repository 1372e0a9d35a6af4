import { type Compared, type Conclusion, conclude } from './conclude.ts';
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
  judge: (software, key) => {
    const { version, derivation } = identify(software);
    const compared: Compared = { version, derivation, confidence: confidenceInDeb(derivation) };
    const isForOthers = isOfPro(key) && !software.context.endsWith('-pro');
    return (statement) => {
      const conclusion = conclude(compared, statement);
      return isForOthers && conclusion.fix !== null ? { ...conclusion, remark: 'subscription' } : conclusion;
    };
  },
  decisive,
};

const isOfPro = (key: string) => key.includes('-pro:');

/**
 * What is fixed in either list is fixed: packages of one list also reach hosts that follow the other. Without a fix that is
 * installed, the one that everybody gets comes before that for subscribers.
 */
function decisive(conclusions: readonly Conclusion[]): readonly Conclusion[] {
  const group = groups.find((isIn) => conclusions.some(isIn));
  const chosen = group ? conclusions.filter(group) : conclusions;
  const ofAll = chosen.filter(isForAll);
  return ofAll.length > 0 ? ofAll : chosen;
}

const isForAll = ({ statement }: Conclusion) => !isOfPro(statement.affected.key);
const groups: readonly ((conclusion: Conclusion) => boolean)[] = [
  ({ verdict }) => verdict === 'not_affected',
  (conclusion) => conclusion.verdict === 'affected' && conclusion.fix !== null && isForAll(conclusion),
  ({ verdict, fix }) => verdict === 'affected' && fix !== null,
  ({ verdict }) => verdict === 'affected',
];

/** The source package and its version, as Ubuntu tracks them. */
export const identify = oncePerSoftware((software): DebIdentity => {
  const identity = identifyDeb(software, trackedKernel);
  if (identity.derivation.name !== 'unsigned_source') return identity;
  // An image that was signed again carries `+N` behind the kernel's version.
  const version = identity.version.replace(/\+\d+$/, '');
  return { ...identity, version };
});
