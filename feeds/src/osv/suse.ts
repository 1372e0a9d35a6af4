import type { Affected } from '@flotilla/engine/advisories/advisory';
import { isRecord, recordsIn } from '../json/is-record.ts';
import { isLower } from './lowest-builds.ts';
import { inBucket, osvFeed } from './osv-feed.ts';
import type { OsvAffected, OsvRecord } from './osv-record.ts';
import type { PackageRules } from './package-rules.ts';
import { suseProductOf } from './suse-products.ts';

/** Updates of SUSE and openSUSE are of one making: a record an update, with source packages and what is built from each. */
const updates: PackageRules = {
  scheme: 'rpm',
  namedIn: ['upstream', 'related', 'aliases'],
  keysOf,
  isLeftOut: ({ id }: OsvRecord, cves) => cves.length === 0 && !/-SU-/.test(id),
  refine: ofBinaries,
  settle,
  tellsFacts: false,
};

function keysOf({ package: { ecosystem, name } }: OsvAffected): string[] {
  const product = suseProductOf(ecosystem);
  return product ? [`rpm:${product.release}:${name}`] : [];
}

/**
 * A statement for each package that is built from the source, with its own version: `{binaries: [{name: version}]}`. A record
 * without them names the source only. Extended support is another product of the release, paid for apart.
 */
function ofBinaries(statement: Affected, { affected }: { affected: OsvAffected }): readonly Affected[] {
  const scope = statement.key.slice(0, statement.key.lastIndexOf(':') + 1);
  const forSubscribers = suseProductOf(affected.package.ecosystem)?.isExtended
    ? { remark: 'subscription' as const }
    : {};
  const { binaries } = isRecord(affected.ecosystem_specific) ? affected.ecosystem_specific : {};
  const built = recordsIn(binaries).flatMap((each) => Object.entries(each));
  const named = built.filter(([name, version]) => /^[\w.+-]{1,200}$/.test(name) && isEvr(version));
  if (named.length === 0) return [{ ...statement, ...forSubscribers }];
  return named.map(([name, version]) => ({
    ...statement,
    ...forSubscribers,
    key: scope + name,
    ranges: [{ fixed: String(version) }],
  }));
}

const isEvr = (version: unknown) => typeof version === 'string' && /^[^\s-]+-[^\s-]+$/.test(version);

/** A release is several products with the same packages. What everybody gets comes before what subscribers get, then the lowest build. */
function settle(statements: readonly Affected[]): readonly Affected[] {
  const chosen = new Map<string, Affected>();
  for (const statement of statements) {
    const known = chosen.get(statement.key);
    if (!known || isPreferred(statement, known)) chosen.set(statement.key, statement);
  }
  return [...chosen.values()];
}

const isPreferred = (a: Affected, b: Affected) => (a.remark === b.remark ? isLower(a, b) : a.remark === undefined);

export const osvSuse = osvFeed({
  ...{ feed: 'osv-suse', title: 'SUSE Linux Enterprise updates (OSV)', scope: 'rpm:sle', rules: updates },
  ...inBucket('SUSE'),
});

export const osvOpensuse = osvFeed({
  ...{ feed: 'osv-opensuse', title: 'openSUSE updates (OSV)', scope: 'rpm:opensuse-', rules: updates },
  ...inBucket('openSUSE'),
});
