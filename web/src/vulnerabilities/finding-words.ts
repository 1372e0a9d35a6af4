import type { Finding } from '@flotilla/contract/vulnerabilities';
import type { ShownState } from './finding-states.ts';

type Evidence = Finding['evidence'];

const feedTitles: Record<string, string> = {
  'debian-security-tracker': 'Debian security tracker',
  'debian-changelogs': 'announcements and changelogs of Debian',
  'osv-ubuntu': 'Ubuntu vulnerabilities',
  'osv-almalinux': 'AlmaLinux updates',
  'osv-rocky': 'Rocky Linux updates',
  'osv-suse': 'SUSE Linux Enterprise updates',
  'osv-opensuse': 'openSUSE updates',
  'amazon-linux-2': 'Amazon Linux 2 security updates',
  'amazon-linux-2023': 'Amazon Linux 2023 security updates',
  'oracle-oval': 'Oracle Linux errata',
  'redhat-csaf-vex': 'Red Hat vulnerabilities',
  'alpine-secdb': 'Alpine security database',
  'arch-security': 'Arch Linux security tracker',
  'cisa-kev': 'CISA known exploited vulnerabilities',
  'cisa-vulnrichment': 'CISA Vulnrichment',
  epss: 'EPSS of FIRST',
  nvd: 'National Vulnerability Database',
  'nvd-gapfill': 'Ubuntu CVE tracker, where NVD is late',
  'nvd-overrides': 'Corrections of NVD by Anchore',
  'vulncheck-nvd': 'VulnCheck NVD++',
  'vulncheck-kev': 'VulnCheck known exploited vulnerabilities',
  msrc: 'Microsoft Security Response Center',
  wesng: "Microsoft's updates by patch (WES-NG)",
  'sofa-macos': "Apple's security releases of macOS (SOFA)",
  'sofa-ios': "Apple's security releases of iOS and iPadOS (SOFA)",
};
/** A feed as people call it; an unknown one as it calls itself. */
export const feedTitle = (name: string): string => feedTitles[name] ?? name;

const remarks: Record<string, string> = {
  unimportant: 'The distribution calls it no security matter in its builds',
  end_of_life: 'The release is past its end of life: no fix will come',
  no_advisory: 'The distribution fixes it without an advisory of its own',
  postponed: 'The distribution fixes it later, with something more urgent',
  ignored: 'The distribution does not fix it in this release',
  subscription: 'The fix is for subscribers of the distribution only',
};
const plain = (word: string): string => word.replaceAll('_', ' ');

/** What the distribution adds, in words. */
export const remarkWords = (remark: string): string => remarks[remark] ?? `The feed remarks: ${plain(remark)}`;

/** Which versions the record means. */
export function rangeWords(range: Evidence['range']): string {
  if (range === null) return 'no range decided';
  const { introduced, after, fixed, lastAffected } = range;
  const from = introduced !== undefined ? `from ${introduced}` : after !== undefined ? `after ${after}` : '';
  const to = fixed !== undefined ? `before ${fixed}` : lastAffected !== undefined ? `up to ${lastAffected}` : '';
  if (from === '') return to || 'every version, as no fix is known';
  if (to !== '') return `${from} ${to}`;
  return introduced !== undefined ? `${from} on` : from;
}

const names: Record<string, string> = {
  source_package: 'the source package that the host reported',
  package_name: 'the name of the package',
  unsigned_source: 'the unsigned source of the signed package',
  cpe_rule: 'a rule of the curated data',
  cpe_name: 'the names of the vulnerability data',
  extension_id: 'the id of the extension',
  operating_system: 'the operating system',
};
const versions: Record<string, string> = {
  source_version: 'the version of the source package',
  package_version: 'the version of the package',
  as_reported: 'as the host reported it',
  rewritten: 'rewritten by a rule, to the form of the vulnerability data',
  build: 'the build of the operating system',
  package_version_without_rebuild: 'the version of the package without its rebuild number',
};

/** How what was looked up follows from what the host reported. */
export const identityWords = ({ name, version }: Evidence['identity']): string =>
  `name: ${names[name] ?? plain(name)}; version: ${versions[version] ?? plain(version)}`;

export type FindingState = 'affected' | 'unimportant' | 'unknown' | 'excepted';

/** What a finding asks of a person: something, nothing, or to find out. */
export function findingState({
  verdict,
  is_active,
  exception,
}: Pick<Finding, 'verdict' | 'is_active' | 'exception'>): FindingState {
  if (exception !== null) return 'excepted';
  if (verdict === 'unknown') return 'unknown';
  return is_active ? 'affected' : 'unimportant';
}

export const stateWords: Record<FindingState, string> = {
  affected: 'Affected',
  unimportant: 'No security matter',
  unknown: 'Unknown',
  excepted: 'Excepted',
};

export const stateChoiceWords: Record<ShownState, string> = {
  open: 'Nothing under way',
  planned: 'Update planned',
  fixing: 'Being fixed',
  accepted: 'Accepted',
  not_affected: 'Not affected',
  false_positive: 'False positive',
  closed: 'Ended, last 90 days',
};

/** Why a finding is not plainly one that counts; empty where there is nothing to add. */
export function whyWords({ reason, remark }: Pick<Finding, 'reason' | 'remark'>): string {
  const parts = [reason, remark === null ? null : remarkWords(remark)];
  return parts.filter((part) => part !== null && part !== '').join('. ');
}
