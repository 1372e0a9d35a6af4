import type { Release } from './context.ts';

/** Releases by the major number of those made from them. Each project's list of releases, 2026-11-24. */
const UBUNTU: Record<string, Record<string, string>> = {
  linuxmint: { 20: '20.04', 21: '22.04', 22: '24.04' },
  zorin: { 16: '20.04', 17: '22.04', 18: '24.04' },
  elementary: { 6: '20.04', 7: '22.04', 8: '24.04' },
};
const DEBIAN: Record<string, Record<string, string>> = {
  lmde: { 5: '11', 6: '12', 7: '13' },
  devuan: { 4: '11', 5: '12', 6: '13' },
  mx: { 21: '11', 23: '12', 25: '13' },
};
/** They number their releases as their parent does. */
const SAME_NUMBER: Record<string, string> = {
  ...{ pop: 'ubuntu', neon: 'ubuntu', raspbian: 'debian' },
  ...{ sled: 'sles', sles_sap: 'sles', sle_hpc: 'sles', 'sl-micro': 'sle-micro' },
};
/** They roll as their parent does. Kali is made from Debian's next release, which its advisories call by its code name. */
const SAME_STREAM: Record<string, Release> = {
  kali: { family: 'debian', release: 'forky', codename: 'forky' },
  manjaro: { family: 'arch', release: 'rolling', codename: '' },
  endeavouros: { family: 'arch', release: 'rolling', codename: '' },
  garuda: { family: 'arch', release: 'rolling', codename: '' },
};

/**
 * The release whose advisories speak for a distribution that is made from it. A release that is not listed stays itself:
 * what it is made from is not known.
 */
export function parentOf(own: Release, name: string): Release | null {
  const family = own.family === 'linuxmint' && /LMDE/.test(name) ? 'lmde' : own.family;
  const major = own.release.split('.')[0] ?? '';
  const ubuntu = UBUNTU[family]?.[major];
  if (ubuntu) return { family: 'ubuntu', release: ubuntu, codename: '' };
  const debian = DEBIAN[family]?.[major];
  if (debian) return { family: 'debian', release: debian, codename: '' };
  const numbered = SAME_NUMBER[family];
  if (numbered && /^\d/.test(own.release))
    return { ...own, family: numbered, release: numbered === 'debian' ? major : own.release };
  return SAME_STREAM[family] ?? null;
}
