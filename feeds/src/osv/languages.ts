import { packageKey, type Registry } from '@flotilla/engine/advisories/package-names';
import type { SchemeName } from '@flotilla/engine/versions/schemes';
import type { Feed } from '../feed.ts';
import { inBucket, osvFeed } from './osv-feed.ts';

/** Packages of one language. Records of other ecosystems may lie among them, and one record may be in several archives. */
const language = (ecosystem: string, { registry, scheme }: { registry: Registry; scheme: SchemeName }): Feed =>
  osvFeed({
    feed: `osv-${registry}`,
    title: `${ecosystem} advisories (OSV)`,
    scope: `${registry}:`,
    ...inBucket(ecosystem),
    rules: {
      scheme,
      namedIn: ['aliases'],
      keysOf: ({ package: { ecosystem: of, name } }) => (of === ecosystem ? [packageKey(registry, name)] : []),
      tellsFacts: true,
    },
  });

/** Names of ecosystems and the order of their versions: https://ossf.github.io/osv-schema/#defined-ecosystems */
export const osvLanguages = {
  'osv-pypi': language('PyPI', { registry: 'pypi', scheme: 'pep440' }),
  'osv-go': language('Go', { registry: 'go', scheme: 'go' }),
  'osv-npm': language('npm', { registry: 'npm', scheme: 'npm' }),
  'osv-rubygems': language('RubyGems', { registry: 'rubygems', scheme: 'rubygems' }),
  'osv-maven': language('Maven', { registry: 'maven', scheme: 'maven' }),
  'osv-packagist': language('Packagist', { registry: 'packagist', scheme: 'packagist' }),
  'osv-nuget': language('NuGet', { registry: 'nuget', scheme: 'nuget' }),
  'osv-crates': language('crates.io', { registry: 'crates', scheme: 'semver' }),
};
