import { type Compared, type Conclusion, conclude } from './conclude.ts';
import { kernelWithoutPackage, representedByKernel } from './deb-identity.ts';
import type { Matcher } from './matcher.ts';
import { matchStreams } from './module-streams.ts';
import { isOfLine, isOfOtherBuild } from './rpm-builds.ts';
import { type RpmFamily, rpmFamilyOf } from './rpm-families.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { Statement } from './statements.ts';
import type { Confidence, NotJudged } from './verdict.ts';

/**
 * Packages of distributions with rpm: the RHEL family, Amazon, SUSE, Fedora. Updates name binary packages and the epoch,
 * version and release that has the fix.
 */
export const rpmDistribution: Matcher = {
  accepts: ({ source, kind, context }) =>
    rpmFamilyOf(context) !== null && (source === 'rpm_packages' || (source === 'linux_kernel' && kind === 'kernel')),
  lookupKeys: (software) => {
    const known = rpmFamilyOf(software.context);
    if (!known || software.source === 'linux_kernel') return kernelWithoutPackage;
    const { name, sourcePackage, vendor } = software;
    if (vendor !== '' && !known.family.vendor.test(vendor)) return ofOthers(vendor);
    if (software.kind !== 'kernel' && isKernel(sourcePackage || name)) return representedByKernel;
    const names = known.family.namesSources && sourcePackage ? [name, sourcePackage] : [name];
    return [...new Set(names)].map((each) => `${known.scope}:${each}`);
  },
  judge: (software, key) => {
    const isOfSource = !key.endsWith(`:${software.name}`);
    const compared: Compared = {
      version: evrOf(software),
      derivation: { name: isOfSource ? 'source_package' : 'package_name', version: 'package_version' },
      confidence: confidenceIn(software, { isOfSource, family: rpmFamilyOf(software.context)?.family }),
    };
    return (statement) => judgeStream(compared, software, statement);
  },
  decisive,
};

/** Repositories of others have packages of the same names, whose versions say nothing about the distribution's fixes. */
const ofOthers = (vendor: string): NotJudged => ({
  notJudged: 'no_advisories',
  detail: `the package is of ${vendor}, and no feed has advisories for its packages`,
});

/** Source packages of kernels; what else is built from them shares their advisories and hardly ever their flaws. */
const isKernel = (source: string) =>
  /^kernel(?:-rt|-64k|-64kb|-uek|-livepatch.*|-default(?:-base)?|-azure|-preempt|-source|-syms|-?\d+\.\d+)?$/.test(
    source,
  );

function judgeStream(compared: Compared, { name, module }: SoftwareIdentity, statement: Statement): Conclusion {
  const conclusion = conclude(compared, statement);
  const { version } = compared;
  const match = matchStreams({ module, evr: version }, statement.affected);
  if (match === 'other' || isOfOtherBuild({ name, evr: version }, statement.affected)) {
    return { ...conclusion, verdict: 'not_affected', reason: 'other_variant', detail: null };
  }
  if (!version.includes('-') && conclusion.range !== null) {
    const detail = `${version}: its release was not reported`;
    return { ...conclusion, verdict: 'unknown', reason: 'version_not_comparable', detail };
  }
  if (match === 'same' || conclusion.verdict === 'not_affected') return conclusion;
  const detail = `the package does not tell whether it is of ${statement.affected.only?.module ?? 'the stream'} that this is about`;
  return { ...conclusion, verdict: 'unknown', reason: 'restriction_open', detail };
}

/**
 * What is said about the package itself comes before what is said about its source. Then, a vulnerability is often fixed in
 * several minor releases, each with versions of its own, and named again by the next one's first update: what is said about
 * the package's own minor release decides, as a version of another may be higher without the fix. Without that, every
 * update that concerns the package must be there. A repository for one line of a program speaks for its versions.
 */
function decisive(conclusions: readonly Conclusion[]): readonly Conclusion[] {
  const concerned = conclusions.filter(({ reason }) => reason !== 'other_variant');
  const ofPackage = concerned.filter(({ compared }) => compared.derivation.name === 'package_name');
  const direct = ofPackage.length > 0 ? ofPackage : concerned;
  const ofLine = direct.filter(({ compared, range }) => isOfLine(compared.version, range?.introduced));
  const ofRelease = direct.filter(({ compared, range }) => {
    const release = minorRelease(compared.version);
    return release !== null && release === minorRelease(range?.fixed ?? '');
  });
  return [ofLine, ofRelease, direct].find((some) => some.length > 0) ?? conclusions;
}

/** `2.34-60.el9_2.7` → `9_2`, `2.7.8-139.module_el8.8.0+3578` → `8.8.0`; null for what was built for all minor releases. */
const minorRelease = (evr: string): string | null =>
  /\.(?:module[+_])?el(\d+(?:_\d+|\.\d+\.\d+))/.exec(evr)?.[1] ?? null;

/** Epoch, version and release; an epoch that is not there is 0. */
const evrOf = ({ sourceVersion, version, release }: SoftwareIdentity): string =>
  sourceVersion || (release ? `${version}-${release}` : version);

function confidenceIn(
  { vendor }: SoftwareIdentity,
  { isOfSource, family }: { isOfSource: boolean; family: RpmFamily | undefined },
): Confidence {
  // Nobody says whose package it is, or its source may have another version, or the advisories are of another distribution.
  return vendor === '' || isOfSource || family?.isRebuilt ? 'medium' : 'high';
}
