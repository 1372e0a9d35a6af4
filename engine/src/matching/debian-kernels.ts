/** A piece of curated knowledge about source packages of the Debian kernel. */
interface KernelSource {
  /** Names of source packages; the group `line` is the part that names a kernel series. */
  source: RegExp;
  /** The source package that advisories speak of. */
  trackedAs: (line: string) => string;
  why: string;
  link: string;
  date: string;
}

const kernelSources: readonly KernelSource[] = [
  {
    source: /^linux(?<line>-\d+\.\d+)?$/,
    trackedAs: (line) => `linux${line}`,
    why: 'The kernel itself; a series in the name marks a newer kernel that was brought to an older release.',
    link: 'https://tracker.debian.org/pkg/linux',
    date: '2026-11-23',
  },
  {
    source: /^linux-signed(?<line>-\d+\.\d+)?-(?:amd64|arm64|i386)$/,
    trackedAs: (line) => `linux${line}`,
    why: 'Signed images are built from a source package of their own; the tracker names the unsigned one only.',
    link: 'https://tracker.debian.org/pkg/linux-signed-amd64',
    date: '2026-11-23',
  },
];

/** The name under which the security tracker has a kernel's source package; null for what is no kernel. */
export function trackedKernel(sourcePackage: string): string | null {
  for (const { source, trackedAs } of kernelSources) {
    const match = source.exec(sourcePackage);
    if (match) return trackedAs(match.groups?.line ?? '');
  }
  return null;
}
