import { platformName } from '../hosts/platform-names.ts';

/** A distribution release as people call it: `debian-12` → "Debian 12"; what is written otherwise stays as it is. */
export function releaseWords(context: string): string {
  const [, family, release, channel] = /^(.*?)-(\d[\d.]*|rolling)(?:-(pro))?$/.exec(context) ?? [];
  if (!family) return context;
  return [platformName(family), release !== 'rolling' && release, channel && 'Pro'].filter(Boolean).join(' ');
}
