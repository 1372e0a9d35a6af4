import type { Affected } from '../advisories/advisory.ts';

/** How a package and an advisory stand to each other, when either is of a module of the RHEL family. */
export type StreamMatch = 'same' | 'other' | 'open';

/** What of an rpm package tells of its module. */
export interface ModularPackage {
  /** `nodejs:18`, or with build and context behind it; empty: not reported. */
  module: string;
  /** `[epoch:]version-release`. */
  evr: string;
}

/**
 * Modules that only ever had one stream in a release, so that a package of them is of that stream. AlmaLinux 8 to 10,
 * errata of 2019 to 2026-08.
 */
const withOneStream = new Set([
  ...['go-toolset', 'llvm-toolset', 'rust-toolset', 'python27', 'python38', 'python38-devel', 'python39'],
  ...['python39-devel', 'virt', 'virt-devel', 'pki-core', 'pki-deps', 'gimp', 'jmc', 'libselinux-python', 'scala'],
]);

/**
 * Whether an advisory for a stream of a module is about a package's stream. The same name and a higher version may well be
 * of another stream, which the advisory does not speak of; a package outside of modules is never one of a module.
 */
export function matchStreams({ module, evr }: ModularPackage, { only, ranges }: Affected): StreamMatch {
  const bounds = ranges.flatMap(({ fixed, lastAffected }) => fixed ?? lastAffected ?? []);
  const isOfModule = module !== '' || isMarked(evr);
  const speaksOfModule = only?.module !== undefined || bounds.some(isMarked);
  if (!isOfModule && !speaksOfModule) return 'same';
  if (isOfModule !== speaksOfModule) return bounds.length > 0 || speaksOfModule ? 'other' : 'open';
  if (only?.module === undefined) return 'open';
  if (module !== '') return streamOf(module) === streamOf(only.module) ? 'same' : 'other';
  const [name = '', stream = ''] = only.module.split(':');
  if (withOneStream.has(name)) return 'same';
  // Where the fixed version begins with the name of the stream, so do all versions of the package in it.
  if (!bounds.some((bound) => isOfStream(bound, stream))) return 'open';
  return isOfStream(evr, stream) ? 'same' : 'other';
}

/** Releases of packages built for a module: `.module+el8.8.0+…` of Red Hat, `.module_el8.8.0+…` of AlmaLinux. */
const isMarked = (evr: string) => /\.module[+_]el/.test(evr);

const streamOf = (module: string) => module.split(':').slice(0, 2).join(':');

function isOfStream(evr: string, stream: string): boolean {
  const version = evr.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return version === stream || version.startsWith(`${stream}.`);
}
