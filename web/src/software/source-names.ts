/** What each source of software is called; the key is what the API says, the names are one and many. */
const names: Record<string, string> = {
  deb_packages: 'Debian package',
  rpm_packages: 'RPM package',
  apk_packages: 'Alpine package',
  pacman_packages: 'Arch package',
  portage_packages: 'Gentoo package',
  pkg_packages: 'Package (pkg)',
  tgz_packages: 'Archive (tar.gz)',
  sh_packages: 'Shell script',
  ps1_packages: 'PowerShell script',
  snap_packages: 'Snap',
  flatpak_packages: 'Flatpak',
  apps: 'macOS app',
  ios_apps: 'iOS app',
  ipados_apps: 'iPadOS app',
  android_apps: 'Android app',
  programs: 'Windows program',
  chocolatey_packages: 'Chocolatey package',
  homebrew_packages: 'Homebrew package',
  python_packages: 'Python package',
  npm_packages: 'npm package',
  go_binaries: 'Go program',
  ruby_gems: 'Ruby gem',
  chrome_extensions: 'Browser extension',
  firefox_addons: 'Firefox add-on',
  safari_extensions: 'Safari extension',
  ie_extensions: 'Internet Explorer extension',
  vscode_extensions: 'VS Code extension',
  jetbrains_plugins: 'JetBrains plugin',
  atom_packages: 'Atom package',
  windows_updates: 'Windows update',
  operating_systems: 'Operating system',
  linux_kernel: 'Kernel',
};

const browsers: Record<string, string> = {
  chrome: 'Chrome',
  chromium: 'Chromium',
  edge: 'Edge',
  brave: 'Brave',
  opera: 'Opera',
  vivaldi: 'Vivaldi',
  arc: 'Arc',
};

const editors: Record<string, string> = {
  vscode: 'VS Code',
  vscode_insiders: 'VS Code Insiders',
  vscodium: 'VSCodium',
  cursor: 'Cursor',
  windsurf: 'Windsurf',
};

/** A source in plain words: "Debian package", "Chrome extension". An unknown one is spelled out, never hidden. */
export function sourceName(source: string, extensionFor = ''): string {
  const program = browsers[extensionFor] ?? editors[extensionFor];
  if (program && source.endsWith('_extensions')) return `${program} extension`;
  const spelled = source.replaceAll('_', ' ');
  return names[source] ?? spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

/** All sources a list can be narrowed to, by their plain name. */
export const sources = Object.entries(names)
  .map(([value, label]) => ({ value, label }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));
