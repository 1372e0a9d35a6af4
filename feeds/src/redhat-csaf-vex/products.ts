import { isRecord, recordsIn } from '../json/is-record.ts';

/** A package in a release of RHEL, as a document names it. */
export interface Component {
  /** `rhel-9` */
  release: string;
  name: string;
  /** `[epoch:]version-release`; null where all versions are meant. */
  evr: string | null;
  /** Stream of a module: `nodejs:18`. */
  module: string | null;
}

/** Packages in releases of RHEL by the id that the rest of a document calls them by; other products are left out. */
export function componentsOf(tree: Record<string, unknown>): Map<string, Component> {
  const releases = new Map<string, string>();
  const packages = new Map<string, Omit<Component, 'release'>>();
  for (const { product_id: id, product_identification_helper: helper } of productsIn(tree)) {
    if (typeof id !== 'string' || !isRecord(helper)) continue;
    const release = releaseOf(helper.cpe);
    const component = packageOf(helper.purl, id);
    if (release) releases.set(id, release);
    if (component) packages.set(id, component);
  }
  const components = new Map<string, Component>();
  for (const { full_product_name: whole, ...parts } of recordsIn(tree.relationships)) {
    const release = releases.get(String(parts.relates_to_product_reference));
    const component = packages.get(String(parts.product_reference));
    if (release && component && isRecord(whole) && typeof whole.product_id === 'string') {
      components.set(whole.product_id, { release, ...component });
    }
  }
  return components;
}

function* productsIn(branch: Record<string, unknown>): Generator<Record<string, unknown>> {
  if (isRecord(branch.product)) yield branch.product;
  for (const each of recordsIn(branch.branches)) yield* productsIn(each);
}

/** `cpe:/a:redhat:enterprise_linux:9::appstream` → `rhel-9`. Extended support and other products have other names there. */
const releaseOf = (cpe: unknown): string | null => {
  const major = typeof cpe === 'string' && /^cpe:\/[ao]:redhat:enterprise_linux:(\d+)(?:::|$)/.exec(cpe)?.[1];
  return major ? `rhel-${major}` : null;
};

/**
 * `pkg:rpm/redhat/ruby@2.7.8-139…?arch=x86_64&rpmmod=ruby:2.7:8080…`. The epoch stands there or in the id (`curl-0:7.76.1-…`).
 * Built source packages and debugging data are not installed; a source package without a version stands for all built from it.
 */
function packageOf(purl: unknown, id: string): Omit<Component, 'release'> | null {
  const match = typeof purl === 'string' && /^pkg:rpm\/redhat\/([^@?]+)(?:@([^?]+))?(?:\?(.*))?$/.exec(purl);
  if (!match) return null;
  const [name = '', version] = match.slice(1, 3).map((text) => text && decoded(text));
  const qualifiers = new URLSearchParams(match[3]);
  if (!/^[\w.+-]{1,200}$/.test(name) || /-debug(?:info|source)(?:-|$)/.test(name)) return null;
  if (version !== undefined && qualifiers.get('arch') === 'src') return null;
  const epoch = qualifiers.get('epoch') ?? /(?:^|::)[^:]+-(\d+):[^:]+$/.exec(id)?.[1] ?? '0';
  const module = qualifiers.get('rpmmod')?.split(':').slice(0, 2).join(':') ?? null;
  return { name, evr: version === undefined ? null : epoch === '0' ? version : `${epoch}:${version}`, module };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
