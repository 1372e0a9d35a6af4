import { contextOf } from '@flotilla/engine/distributions/context';
import { type SoftwareIdentity, softwareIdentity } from '@flotilla/engine/matching/software-identity';
import { type ParsedPurl, parsePurl } from '@flotilla/engine/purl/parse-purl';

/** Types of packages of a language: the source they would be found in, and how their names are written there. */
const languages: Record<string, { source: string; separator: string }> = {
  pypi: { source: 'python_packages', separator: '/' },
  npm: { source: 'npm_packages', separator: '/' },
  golang: { source: 'go_binaries', separator: '/' },
  gem: { source: 'rubygems', separator: '/' },
  maven: { source: 'maven_packages', separator: ':' },
  composer: { source: 'composer_packages', separator: '/' },
  nuget: { source: 'nuget_packages', separator: '/' },
  cargo: { source: 'cargo_packages', separator: '/' },
};

const distributed: Record<string, string> = {
  deb: 'deb_packages',
  rpm: 'rpm_packages',
  apk: 'apk_packages',
  alpm: 'pacman_packages',
};

/** Namespaces that are not called as their distribution calls itself. */
const families: Record<string, string> = {
  redhat: 'rhel',
  oracle: 'ol',
  oraclelinux: 'ol',
  amazon: 'amzn',
  rockylinux: 'rocky',
  alma: 'almalinux',
};

/** A software that is given by its package URL, or what is wrong with that. */
export function softwareOfPurl(text: string, givenVersion = ''): SoftwareIdentity | { error: string } {
  const purl = parsePurl(text);
  if (!purl) return { error: `${text}: no package URL` };
  const version = purl.version || givenVersion;
  if (version === '') return { error: 'version is missing' };
  const source = distributed[purl.type];
  if (source)
    return softwareIdentity({ ...ofDistribution({ ...purl, version }), source, context: distributionOf(purl) });
  const language = languages[purl.type] ?? { source: `${purl.type} packages`, separator: '/' };
  const name = [purl.namespace, purl.name].filter(Boolean).join(language.separator);
  return softwareIdentity({ source: language.source, name, version });
}

function ofDistribution({ type, name, version, qualifiers }: ParsedPurl) {
  const arch = qualifiers.get('arch') ?? '';
  const upstream = qualifiers.get('upstream') ?? '';
  if (type === 'rpm') {
    const epoch = qualifiers.get('epoch');
    const hyphen = version.lastIndexOf('-');
    const own = hyphen === -1 ? version : version.slice(0, hyphen);
    return {
      ...{ name, arch, version: epoch ? `${epoch}:${own}` : own },
      release: hyphen === -1 ? '' : version.slice(hyphen + 1),
      sourcePackage: upstream.replace(/-[^-]+-[^-]+\.src\.rpm$/, ''),
    };
  }
  const [sourcePackage = '', sourceVersion = ''] = upstream.split('@');
  return { name, version, arch, sourcePackage, sourceVersion };
}

/** `distro=debian-12`; what is written before the number may be left out, as the namespace says it. */
function distributionOf({ type, namespace, qualifiers }: ParsedPurl): string {
  const distro = qualifiers.get('distro') ?? '';
  const [, named, number = ''] = /^(.*?)-?(\d.*)?$/.exec(distro) ?? [];
  const family = (named || namespace || (type === 'alpm' ? 'arch' : '')).toLowerCase();
  const isRelease = number !== '' || type === 'alpm';
  return (isRelease && contextOf({ platform: families[family] ?? family, version: number })?.key) || '';
}
