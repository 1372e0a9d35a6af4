import type { SchemeName } from '@flotilla/engine/versions/schemes';
import type { CpeName } from './cpe-name.ts';

/** Browsers whose versions are those of Chromium's builds. */
const chromiumBuilds = new Set(['google:chrome', 'chromium:chromium', 'microsoft:edge_chromium']);
const appleSystems = new Set(['macos', 'mac_os_x', 'iphone_os', 'ipados']);

/** How the versions that a CPE name speaks of are ordered. */
export function schemeOf({ part, vendor, product }: CpeName): SchemeName {
  if (part === 'a') return chromiumBuilds.has(`${vendor}:${product}`) ? 'chrome' : 'generic';
  if (vendor === 'microsoft' && product.startsWith('windows')) return 'windows';
  return vendor === 'apple' && appleSystems.has(product) ? 'apple' : 'generic';
}
