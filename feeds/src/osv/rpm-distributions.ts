import { lowestBuilds } from './lowest-builds.ts';
import { withModules } from './modules.ts';
import { inBucket, osvFeed } from './osv-feed.ts';
import type { OsvAffected, OsvRecord } from './osv-record.ts';
import type { PackageRules } from './package-rules.ts';

/** What records of updates for one distribution of the RHEL family have in common. */
const updates = (keysOf: PackageRules['keysOf']): PackageRules => ({
  scheme: 'rpm',
  namedIn: ['upstream', 'related', 'aliases'],
  keysOf,
  isLeftOut,
  refine: (statement, { record }) => withModules(statement, record),
  settle: lowestBuilds,
  tellsFacts: false,
});

/** Bug fixes and enhancements (`ALBA-…`, `RLEA-…`) concern security only where they name a vulnerability. */
const isLeftOut = ({ id }: OsvRecord, cves: readonly string[]) => cves.length === 0 && !/^[A-Z]{2}SA-/.test(id);

/** `AlmaLinux:9` → `rpm:almalinux-9:…`. Its records name binary packages. */
const ofAlmaLinux = ({ package: { ecosystem, name } }: OsvAffected): string[] => {
  const release = /^AlmaLinux:(\d+)$/.exec(ecosystem)?.[1];
  return release ? [`rpm:almalinux-${release}:${name}`] : [];
};

/**
 * `Rocky Linux:9` → `rpm:rocky-9:…`. Package URLs of special interest groups have more behind the release: theirs are other
 * builds, which few hosts have.
 */
const ofRocky = ({ package: { ecosystem, name, purl } }: OsvAffected): string[] => {
  const release = /^Rocky Linux:(\d+)$/.exec(ecosystem)?.[1];
  const isOfGroup = typeof purl === 'string' && /[?&]distro=rocky-linux-[\d.]+-/.test(purl);
  return release && !isOfGroup ? [`rpm:rocky-${release}:${name}`] : [];
};

export const osvAlmaLinux = osvFeed({
  ...{ feed: 'osv-almalinux', title: 'AlmaLinux updates (OSV)', scope: 'rpm:almalinux-', rules: updates(ofAlmaLinux) },
  ...inBucket('AlmaLinux'),
});

export const osvRocky = osvFeed({
  ...{ feed: 'osv-rocky', title: 'Rocky Linux updates (OSV)', scope: 'rpm:rocky-', rules: updates(ofRocky) },
  ...inBucket('Rocky Linux'),
});
