import type { CpeNameList } from '@flotilla/engine/identity/cpe-names';
import { canonicalTarget, targetOf } from '@flotilla/engine/identity/software-targets';
import { parseCpe } from './parse-cpe.ts';

/** Targets of the sources whose software is known by CPE names. */
const sources = ['apps', 'programs', 'chrome_extensions', 'firefox_addons', 'safari_extensions', 'vscode_extensions'];
const wanted = new Set([...sources, 'jetbrains_plugins', 'ios_apps', 'ipados_apps', 'android_apps'].map(targetOf));

/**
 * The vendors and products of applications among CPE names, for those that the software of desktops can be: what always
 * runs in something else, as plug-ins of web sites and libraries do, is left out.
 */
export function collectNames(texts: Iterable<string>): CpeNameList {
  const vendors = new Map<string, Map<string, Set<string>>>();
  for (const text of texts) {
    const { part, vendor, product, targetSoftware } = parseCpe(text);
    if (part !== 'a' || /[\s~]/.test(product)) continue;
    const products = vendors.get(vendor) ?? new Map<string, Set<string>>();
    vendors.set(vendor, products);
    const target = targetSoftware === '-' ? '*' : canonicalTarget(targetSoftware);
    products.set(product, (products.get(product) ?? new Set()).add(target));
  }
  const list = [...vendors].sort(byName).map(([vendor, products]) => {
    const kept = [...products].sort(byName).flatMap(([product, targets]) => {
      if (targets.has('*')) return [product];
      const named = [...targets].filter((target) => wanted.has(target)).sort();
      return named.length > 0 ? [[product, ...named].join('~')] : [];
    });
    return [vendor, kept.join(' ')] as const;
  });
  return Object.fromEntries(list.filter(([, products]) => products !== ''));
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
