import { findCycle, numbersOf } from './find-cycle.ts';
import type { CycleMatch, LifecycleCycle, LifecycleProduct, LifecycleSubject } from './lifecycle.ts';

/** Products by the platform that osquery's `os_version` names. Names of distributions' `os-release`, 2026-11-24. */
const PRODUCTS: Record<string, string> = {
  debian: 'debian',
  ubuntu: 'ubuntu',
  rhel: 'rhel',
  centos: 'centos',
  almalinux: 'almalinux',
  rocky: 'rocky-linux',
  ol: 'oracle-linux',
  fedora: 'fedora',
  amzn: 'amazon-linux',
  sles: 'sles',
  sled: 'sles',
  'opensuse-leap': 'opensuse',
  alpine: 'alpine-linux',
  linuxmint: 'linuxmint',
  pop: 'pop-os',
  mx: 'mxlinux',
  freebsd: 'freebsd',
  darwin: 'macos',
};

/** The cycle of an operating system; null for those that no product is known for, and releases the list does not have. */
export function findSystemCycle(
  { vendor: platform, name, version }: LifecycleSubject,
  products: ReadonlyMap<string, LifecycleProduct>,
): CycleMatch | null {
  if (platform === 'windows') return findWindowsCycle({ name, version }, products);
  const product = platform === 'centos' && /stream/i.test(name) ? 'centos-stream' : PRODUCTS[platform];
  const cycles = (product && products.get(product)?.cycles) || [];
  // Mint names its edition from Debian by a word before the number.
  const edition = /\bLMDE\b/.test(name) ? `lmde${numbersOf(version)[0]}` : null;
  const cycle = edition ? cycles.find((one) => one.name === edition) : findCycle(cycles, version);
  return product && cycle ? { product, cycle: cycle.name, remark: null } : null;
}

/** Support that only some editions or purchases have; the list marks it behind the release. */
const SPECIAL = /-(?:lts|iot|ac|sac)\b/;
const WIDEST = 'Enterprise and Education; other editions end earlier';

/**
 * Windows is known by its build, which the list names as the newest version of a cycle. Nobody reports the edition, so of the
 * cycles with one build it is the one that ends last and that anybody may have.
 */
function findWindowsCycle(
  { name, version }: { name: string; version: string },
  products: ReadonlyMap<string, LifecycleProduct>,
): CycleMatch | null {
  const product = /^Windows Server\b/.test(name) ? 'windows-server' : 'windows';
  const build = numbersOf(version).slice(0, 3).join('.');
  const all = products.get(product)?.cycles.filter(({ latest }) => latest === build) ?? [];
  const common = all.filter((cycle) => !SPECIAL.test(cycle.name));
  const [cycle] = (common.length > 0 ? common : all).toSorted(lastEnding);
  if (!cycle) return null;
  return { product, cycle: cycle.name, remark: /-e$/.test(cycle.name) && common.length > 1 ? WIDEST : null };
}

const lastEnding = (a: LifecycleCycle, b: LifecycleCycle) => ((a.ends ?? '9999') < (b.ends ?? '9999') ? 1 : -1);
