/** What a package URL is made of. What does not apply is the empty string. */
export interface PackageIdentity {
  /** The table of the inventory it was found in, as `deb_packages`. */
  source: string;
  name: string;
  version: string;
  arch: string;
  /** Of the package (rpm). */
  release: string;
  extensionId: string;
  sourcePackage: string;
  sourceVersion: string;
  /** The distribution release, as family `debian` and key `debian-12`; null where software does not depend on one. */
  distribution: { family: string; key: string } | null;
}

interface Purl {
  type: string;
  namespace?: string[];
  name: string;
  version: string;
  qualifiers?: Record<string, string>;
}

/** Letters, digits and these stand for themselves: purl-spec, how to build a purl. */
const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, toPercent)
    .replaceAll('%3A', ':');
const toPercent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** Red Hat's own bills of materials name the vendor; the others are named as the distribution names itself. */
const NAMESPACES: Record<string, string> = { rhel: 'redhat', ol: 'oracle', 'opensuse-leap': 'opensuse' };

const build: Record<string, (of: PackageIdentity) => Purl> = {
  deb_packages: (of) => ({ ...plain('deb', of), ...distributed(of, 'debian') }),
  rpm_packages: (of) => ({
    ...plain('rpm', of),
    version: [of.version, of.release].filter(Boolean).join('-'),
    ...distributed(of, ''),
  }),
  apk_packages: (of) => ({ ...plain('apk', of), ...distributed(of, 'alpine') }),
  pacman_packages: (of) => ({ ...plain('alpm', of), ...distributed(of, 'arch') }),
  portage_packages: (of) => scoped('ebuild', of),
  homebrew_packages: (of) => plain('brew', of),
  chocolatey_packages: (of) => plain('chocolatey', of),
  npm_packages: (of) => scoped('npm', { ...of, name: of.name.toLowerCase() }),
  python_packages: (of) => plain('pypi', { ...of, name: of.name.toLowerCase().replaceAll('_', '-') }),
  go_binaries: (of) => scoped('golang', { ...of, name: of.name.toLowerCase() }),
  // An extension is named by who publishes it and by its name, with a dot between.
  vscode_extensions: (of) => scoped('vscode-extension', { ...of, name: of.name.toLowerCase().replace('.', '/') }),
  chrome_extensions: (of) => plain('chrome-extension', { ...of, name: of.extensionId || of.name }),
};

/** The package URL of a software; `generic` where its kind of package has no type of its own. */
export function toPurl(of: PackageIdentity): string {
  const { type, namespace = [], name, version, qualifiers = {} } = (build[of.source] ?? generic)(of);
  const path = [...namespace, name].filter(Boolean).map(encode).join('/');
  const query = Object.keys(qualifiers)
    .sort()
    .flatMap((key) => (qualifiers[key] ? `${key}=${encode(qualifiers[key])}` : []))
    .join('&');
  return `pkg:${type}/${path}${version && `@${encode(version)}`}${query && `?${query}`}`;
}

const generic = (of: PackageIdentity) => plain('generic', of);
const plain = (type: string, { name, version }: PackageIdentity): Purl => ({ type, name, version });

function scoped(type: string, { name, version }: PackageIdentity): Purl {
  const parts = name.split('/').filter(Boolean);
  return { type, namespace: parts.slice(0, -1), name: parts.at(-1) ?? name, version };
}

/** `upstream` is what scanners look a distribution's advisories up by. */
function distributed({ distribution, ...of }: PackageIdentity, family: string) {
  const epoch = /^(\d+):/.exec(of.sourceVersion)?.[1];
  const isOther = of.sourcePackage !== '' && of.sourcePackage !== of.name;
  return {
    namespace: [NAMESPACES[distribution?.family ?? ''] ?? (distribution?.family || family)],
    qualifiers: {
      arch: of.arch,
      distro: distribution?.key ?? '',
      ...(of.source === 'rpm_packages' && epoch && { epoch }),
      ...(isOther && { upstream: of.sourcePackage }),
    },
  };
}
