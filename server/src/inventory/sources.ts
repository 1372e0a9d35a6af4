import type { Platform } from '../kernel/host-queries.ts';
import type { SoftwareKind, SoftwareSource } from './software.ts';
import { debPackages } from './sources/deb-packages.ts';
import { npmPackages } from './sources/npm-packages.ts';
import { osVersion } from './sources/os-version.ts';
import { pythonPackages } from './sources/python-packages.ts';
import { rpmPackages } from './sources/rpm-packages.ts';
import { runningKernel } from './sources/running-kernel.ts';

/** Every software source; a new one is a line here. */
export const sources = {
  deb_packages: debPackages,
  rpm_packages: rpmPackages,
  python_packages: pythonPackages,
  npm_packages: npmPackages,
  operating_systems: osVersion,
  linux_kernel: runningKernel,
} satisfies Record<string, SoftwareSource>;

export const allSources: readonly SoftwareSource[] = Object.values(sources);

const partBySource = new Map(Object.entries(sources).map(([name, source]) => [name, source.part]));

/** The part a stored software belongs to: whatever is no ordinary software is of the operating system. */
export const partOf = (software: { kind: SoftwareKind; source: string }): string =>
  software.kind === 'normal' ? (partBySource.get(software.source) ?? software.source) : 'os';

/** The parts that make an inventory of this platform whole. */
export const allParts = (platform: Platform): string[] => [
  ...new Set(allSources.filter((source) => source.platforms.includes(platform)).map((source) => source.part)),
];
