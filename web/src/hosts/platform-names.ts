const names: Record<string, string> = {
  linux: 'Linux',
  darwin: 'macOS',
  windows: 'Windows',
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  rhel: 'Red Hat',
  centos: 'CentOS',
  fedora: 'Fedora',
  amzn: 'Amazon Linux',
  arch: 'Arch',
  sles: 'SUSE',
  opensuse: 'openSUSE',
  linuxmint: 'Linux Mint',
  pop: 'Pop!_OS',
  kali: 'Kali',
  gentoo: 'Gentoo',
  alpine: 'Alpine',
  rocky: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  chrome: 'ChromeOS',
  ios: 'iOS',
  ipados: 'iPadOS',
  android: 'Android',
};

/** A platform as people call it; an unknown one as it calls itself. */
export const platformName = (platform: string): string => names[platform] ?? platform;
