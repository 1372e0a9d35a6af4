/** What the software of a source runs on or in, as CPE names call it. Sources that are not here are never known by a CPE. */
const targets: Record<string, string> = {
  apps: 'macos',
  homebrew_packages: 'macos',
  pkg_packages: 'macos',
  programs: 'windows',
  chocolatey_packages: 'windows',
  ps1_packages: 'windows',
  chrome_extensions: 'chrome',
  firefox_addons: 'firefox',
  safari_extensions: 'safari',
  ie_extensions: 'internet_explorer',
  vscode_extensions: 'visual_studio_code',
  jetbrains_plugins: 'intellij',
  adobe_plugins: 'adobe',
  ios_apps: 'iphone_os',
  ipados_apps: 'ipados',
  android_apps: 'android',
};

/** Sources whose software lives in a program, under whose names data also speak of programs. */
const extensions = new Set([
  'chrome_extensions',
  'firefox_addons',
  'safari_extensions',
  'ie_extensions',
  'vscode_extensions',
  'jetbrains_plugins',
  'adobe_plugins',
]);

export const targetOf = (source: string): string | null =>
  Object.hasOwn(targets, source) ? (targets[source] as string) : null;

export const isExtension = (source: string): boolean => extensions.has(source);

/** Names that CPE names have had for one target. */
const synonyms: Record<string, string> = {
  mac: 'macos',
  mac_os: 'macos',
  mac_os_x: 'macos',
  macos_x: 'macos',
  mac_osx: 'macos',
  osx: 'macos',
  ios: 'iphone_os',
  ipad_os: 'ipados',
  jetbrains: 'intellij',
  intellij_idea: 'intellij',
  win: 'windows',
};

export const canonicalTarget = (target: string): string => synonyms[target] ?? target;

/** Whether a word names an operating system. */
export const isSystemTarget = (word: string): boolean => systems.has(canonicalTarget(word));

const systems = new Set(['macos', 'windows', 'linux', 'linux_kernel', 'iphone_os', 'ipados', 'android']);
