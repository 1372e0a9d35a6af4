/** A product of SUSE, as far as hosts can tell products apart. */
export interface SuseProduct {
  /** As keys have it: `sles-15.5`. */
  release: string;
  /** Support that goes on for those who pay for it, when others of the release get no more updates. */
  isExtended: boolean;
}

/**
 * The release that a product belongs to, from the name of its ecosystem. Server, desktop and the modules that bring most
 * packages of SUSE Linux Enterprise 15 (`SUSE:Linux Enterprise Module for Basesystem 15 SP5`) are one release: no host says which
 * of them a package is from.
 * @returns null for products that are no system, as SUSE Manager
 */
export function suseProductOf(ecosystem: string): SuseProduct | null {
  for (const { name, system } of systems) {
    const match = name.exec(ecosystem);
    if (!match) continue;
    const { number, pack, suffix } = match.groups ?? {};
    const release = [system, [number, pack].filter(Boolean).join('.')].filter(Boolean).join('-');
    return { release, isExtended: suffix !== undefined || EXTENDED.test(ecosystem) };
  }
  return null;
}

/** Names of products: https://www.suse.com/support/update/, as the ecosystems `SUSE` and `openSUSE` have them. */
const systems: readonly { name: RegExp; system: string }[] = [
  { name: /^SUSE:(?:Linux Enterprise|Linux) Micro (?<number>\d+\.\d+)$/, system: 'sle-micro' },
  {
    name: /^SUSE:(?:Linux Enterprise|Package Hub)\b.* (?<number>\d+(?:\.\d+)?)(?: SP(?<pack>\d+))?(?<suffix>-[A-Z]+)?$/,
    system: 'sles',
  },
  { name: /^openSUSE:Leap Micro (?<number>\d+\.\d+)$/, system: 'opensuse-leap-micro' },
  { name: /^openSUSE:Leap (?<number>\d+\.\d+)(?: NonFree)?$/, system: 'opensuse-leap' },
  { name: /^openSUSE:Tumbleweed$/, system: 'opensuse-tumbleweed-rolling' },
];

/** Products of their own that go on to get updates where the general support of a service pack has ended. */
const EXTENDED = /\b(?:LTSS|ESPOS|TERADATA|SAP Applications)\b/;
