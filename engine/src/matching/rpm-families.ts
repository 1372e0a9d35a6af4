/** A distribution with rpm packages, as far as its advisories and packages need to know it. */
export interface RpmFamily {
  /** The context of a host, with the release as a group. */
  context: RegExp;
  /** What keys of its advisories begin with, before the release: `almalinux`. */
  keys: string;
  /** Who is named as the vendor of the distribution's own packages. */
  vendor: RegExp;
  /** Its advisories may name the source package in place of each binary one. */
  namesSources?: true;
  /** The advisories are of another distribution, which this one is built from. */
  isRebuilt?: true;
}

/**
 * Vendor tags as the distributions' build systems write them, 2026-11-24: AlmaLinux, Rocky Enterprise Software Foundation, Red
 * Hat, CentOS, Oracle America, Amazon Linux (before: Amazon.com), SUSE LLC, openSUSE, Fedora Project.
 */
const families: readonly RpmFamily[] = [
  { context: /^almalinux-(.+)$/, keys: 'almalinux', vendor: /^almalinux\b/i },
  { context: /^rocky-(.+)$/, keys: 'rocky', vendor: /^rocky\b/i, namesSources: true },
  { context: /^rhel-(.+)$/, keys: 'rhel', vendor: /^red hat\b/i, namesSources: true },
  {
    context: /^centos-stream-(.+)$/,
    keys: 'rhel',
    vendor: /^(?:centos|red hat)\b/i,
    namesSources: true,
    isRebuilt: true,
  },
  { context: /^centos-(\d.*)$/, keys: 'rhel', vendor: /^centos\b/i, namesSources: true, isRebuilt: true },
  { context: /^ol-(.+)$/, keys: 'ol', vendor: /^oracle\b/i },
  { context: /^amzn-(.+)$/, keys: 'amzn', vendor: /^amazon\b/i },
  { context: /^sle[sd]-(.+)$/, keys: 'sles', vendor: /^(?:suse|opensuse)\b/i },
  { context: /^sle-micro-(.+)$/, keys: 'sle-micro', vendor: /^(?:suse|opensuse)\b/i },
  { context: /^opensuse-leap-micro-(.+)$/, keys: 'opensuse-leap-micro', vendor: /^(?:suse|opensuse)\b/i },
  { context: /^opensuse-leap-(\d.*)$/, keys: 'opensuse-leap', vendor: /^(?:suse|opensuse)\b/i },
  { context: /^opensuse-tumbleweed-(.+)$/, keys: 'opensuse-tumbleweed', vendor: /^(?:suse|opensuse)\b/i },
  { context: /^fedora-(.+)$/, keys: 'fedora', vendor: /^fedora\b/i },
];

/** The family of a context and its scope in the advisories (`rpm:almalinux-9`); null for other distributions. */
export function rpmFamilyOf(context: string): { family: RpmFamily; scope: string } | null {
  for (const family of families) {
    const release = family.context.exec(context)?.[1];
    if (release) return { family, scope: `rpm:${family.keys}-${release}` };
  }
  return null;
}
