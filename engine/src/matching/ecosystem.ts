import { packageKey, type Registry } from '../advisories/package-names.ts';
import { type Compared, conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import type { IdentityDerivation } from './verdict.ts';

/** The registry that software of a source comes from. */
const registries: Record<string, Registry> = {
  python_packages: 'pypi',
  npm_packages: 'npm',
  go_binaries: 'go',
  rubygems: 'rubygems',
  // No inventory has these; bills of materials do.
  maven_packages: 'maven',
  composer_packages: 'packagist',
  nuget_packages: 'nuget',
  cargo_packages: 'crates',
};

const derivation: IdentityDerivation = { name: 'package_name', version: 'as_reported' };

/**
 * Packages of a language, by their name in its registry and never by a CPE: names there are exact, and the same word in a CPE
 * is often another program.
 */
export const ecosystem: Matcher = {
  accepts: ({ source }) => Object.hasOwn(registries, source),
  lookupKeys: ({ source, name }) => {
    const registry = registries[source];
    return registry ? [packageKey(registry, name)] : [];
  },
  judge: ({ version }) => {
    const compared: Compared = { version, derivation, confidence: 'high' };
    return (statement) => conclude(compared, statement);
  },
};
