import { npmPackageNames, pythonPackageNames, sourceNames } from './names.ts';
import { type Random, randomFrom, zipf } from './random.ts';

/** A package that hosts may have, in any number of versions: `level` 0 is the oldest. */
export interface Package {
  name: string;
  source: string;
  arch: string;
  /** Of the source, before what the distribution adds. */
  upstream: string;
  revision: number;
}

/** Packages from the most to the least popular. */
export interface Archive {
  packages: Package[];
  /** @returns the place of one, popular ones more often */
  pick: (random: Random) => number;
}

export interface Distribution {
  family: 'deb' | 'rpm';
  os: Record<string, string>;
  /** Ends the version of each package, with the level. */
  suffix: string;
  kernels: string[];
  archive: Archive;
}

export interface World {
  /** Each as often as it is met. */
  distributions: Distribution[];
  python: Archive;
  npm: Archive;
}

const os = (name: string, version: string, more: Record<string, string>) => ({ name, version, ...more });
const debian = { family: 'deb' as const, packageCount: 3000 };

const plans = [
  {
    ...debian,
    share: 3,
    suffix: '+deb12u',
    kernels: ['6.1.0-13-amd64', '6.1.0-18-amd64', '6.1.0-21-amd64'],
    os: os('Debian GNU/Linux', '12 (bookworm)', { major: '12', minor: '0', platform: 'debian', codename: 'bookworm' }),
  },
  {
    ...debian,
    share: 4,
    suffix: 'ubuntu0.22.04.',
    kernels: ['5.15.0-91-generic', '5.15.0-105-generic', '5.15.0-112-generic'],
    os: os('Ubuntu', '22.04.4 LTS (Jammy Jellyfish)', {
      major: '22',
      minor: '4',
      platform: 'ubuntu',
      platform_like: 'debian',
      codename: 'jammy',
    }),
  },
  {
    ...debian,
    share: 2,
    suffix: 'ubuntu0.24.04.',
    kernels: ['6.8.0-31-generic', '6.8.0-38-generic'],
    os: os('Ubuntu', '24.04 LTS (Noble Numbat)', {
      major: '24',
      minor: '4',
      platform: 'ubuntu',
      platform_like: 'debian',
      codename: 'noble',
    }),
  },
  {
    family: 'rpm' as const,
    packageCount: 2500,
    share: 2,
    suffix: '.el9_',
    kernels: ['5.14.0-362.8.1.el9_3.x86_64', '5.14.0-427.13.1.el9_4.x86_64'],
    os: os('AlmaLinux', '9.4 (Seafoam Ocelot)', {
      major: '9',
      minor: '4',
      platform: 'rhel',
      platform_like: 'rhel centos fedora',
      codename: '',
    }),
  },
];

const POPULARITY = { exponent: 1.5, offset: 80 };

/** Everything that can be on hosts; the same for the same seed. */
export function createWorld(seed: string): World {
  const distributions = plans.flatMap((plan) => {
    const distribution: Distribution = {
      family: plan.family,
      os: { patch: '0', build: '', platform_like: '', arch: 'x86_64', ...plan.os },
      suffix: plan.suffix,
      kernels: plan.kernels,
      archive: toArchive(makePackages(randomFrom(`${seed} ${plan.suffix}`), plan.packageCount)),
    };
    return Array<Distribution>(plan.share).fill(distribution);
  });
  return {
    distributions,
    python: toArchive(makeLanguagePackages(randomFrom(`${seed} python`), pythonPackageNames(600))),
    npm: toArchive(makeLanguagePackages(randomFrom(`${seed} npm`), npmPackageNames(500))),
  };
}

const toArchive = (packages: Package[]): Archive => ({ packages, pick: zipf(packages.length, POPULARITY) });

const upstreamVersion = (random: Random) => `${random.integer(9)}.${random.integer(30)}.${random.integer(20)}`;

function makePackages(random: Random, count: number): Package[] {
  const packages = sourceNames(count).flatMap(({ source, binaries }) => {
    const upstream = upstreamVersion(random);
    const revision = 1 + random.integer(4);
    return binaries.map(
      (name): Package => ({ name, source, arch: random.chance(0.2) ? 'all' : 'amd64', upstream, revision }),
    );
  });
  return packages.slice(0, count);
}

const makeLanguagePackages = (random: Random, names: string[]): Package[] =>
  names.map((name) => ({ name, source: name, arch: '', upstream: upstreamVersion(random), revision: 1 }));

/** The version of a package at a level; every level exists, so a fleet can be updated for ever. */
export function versionAt({ upstream, revision }: Package, level: number, suffix: string): string {
  return `${upstream}-${revision}${level === 0 ? '' : `${suffix}${level}`}`;
}

/** As package indexes of languages number releases: no revision. */
export const releaseAt = ({ upstream }: Package, level: number): string =>
  level === 0 ? upstream : upstream.replace(/\d+$/, (patch) => String(Number(patch) + level));
