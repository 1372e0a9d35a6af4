/** Registries of packages for a language, by the names that keys of advisories begin with. */
export type Registry = 'pypi' | 'go' | 'npm' | 'rubygems' | 'maven' | 'packagist' | 'nuget' | 'crates';

/**
 * What advisories about a package of a registry, and the package itself, are looked up by: `pypi:zope-interface`. Names that a
 * registry takes for one name get one key. A colon in a name becomes a slash, as in package URLs: colons part a key.
 */
export const packageKey = (registry: Registry, name: string): string =>
  `${registry}:${canonical[registry](name).replaceAll(':', '/')}`;

const lowerCase = (name: string) => name.toLowerCase();
const asItIs = (name: string) => name;

const canonical: Record<Registry, (name: string) => string> = {
  // https://packaging.python.org/en/latest/specifications/name-normalization/
  pypi: (name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-'),
  go: asItIs,
  // Only packages older than the rule have capitals, and they are others than those without.
  npm: asItIs,
  rubygems: asItIs,
  maven: asItIs,
  packagist: lowerCase,
  nuget: lowerCase,
  // crates.io takes a name with hyphens for the one with underscores: the Cargo book, "The name field".
  crates: (name) => name.toLowerCase().replaceAll('_', '-'),
};
