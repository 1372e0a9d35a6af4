import { type Conclusion, conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { Statement } from './statements.ts';
import type { NotJudged } from './verdict.ts';
import { windowsKey, windowsProduct } from './windows-product.ts';
import { versionInRelease } from './windows-releases.ts';

/**
 * Windows itself, by what Microsoft says of each release: the build that has a fix, and the patches that bring it. CPE data
 * are never asked: they name Windows without builds.
 */
export const windows: Matcher = {
  accepts: ({ kind, vendor }) => kind === 'os' && vendor === 'windows',
  lookupKeys: ({ name, version, arch }) => {
    const product = windowsProduct(name, version, arch);
    return product ? [windowsKey(product)] : unknownRelease(`${name} ${version} ${arch}`);
  },
  judge: (software, key) => {
    const own = versionInRelease(software.version, key.split(':')[1] ?? '');
    return (statement) => judgeUpdate(software, own, statement);
  },
};

const unknownRelease = (text: string): NotJudged => ({
  notJudged: 'no_identity',
  detail: `${text} is no release of Windows known here`,
});

/**
 * A build at or past the fix settles it, then any patch that ends it, then a build before the fix. Where no build is known,
 * only a list of patches can tell.
 */
function judgeUpdate(software: SoftwareIdentity, version: string | null, statement: Statement): Conclusion {
  const { affected } = statement;
  const hasBuild = affected.ranges.some(({ fixed }) => fixed !== undefined);
  const derivation = { name: 'operating_system', version: 'build' } as const;
  const compared = { version: version ?? software.version, derivation, confidence: 'high' } as const;
  const byBuild = conclude(compared, statement);
  const isOpen = hasBuild && version === null;
  if (affected.statement !== 'ranges' || (byBuild.verdict === 'not_affected' && !isOpen)) return byBuild;
  const patches = software.patches ?? [];
  if (affected.endedBy?.some((patch) => patches.includes(patch))) {
    return { ...byBuild, verdict: 'not_affected', reason: 'patched', detail: null };
  }
  if (isOpen) {
    const detail = `${software.version}: no build of the release with its revision`;
    return { ...byBuild, verdict: 'unknown', reason: 'version_not_comparable', detail };
  }
  if (hasBuild || !affected.endedBy || patches.length > 0) return byBuild;
  const detail = 'no build is known that has the fix, and the host did not say which patches it has';
  return { ...byBuild, verdict: 'unknown', reason: 'patches_not_reported', detail };
}
